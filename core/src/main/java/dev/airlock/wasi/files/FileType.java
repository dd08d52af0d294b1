package dev.airlock.wasi.files;

/** What a name stands for. A guest can open the first two. */
public enum FileType {
    DIRECTORY,
    REGULAR_FILE,
    SYMBOLIC_LINK,
    /** A device, a pipe, a socket: there to be seen in listings, and never opened. */
    OTHER
}
