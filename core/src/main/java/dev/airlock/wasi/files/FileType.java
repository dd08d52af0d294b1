package dev.airlock.wasi.files;

/** The type of a file. A guest can open the first two. */
public enum FileType {
    DIRECTORY,
    REGULAR_FILE,
    SYMBOLIC_LINK,
    /** A device, a pipe or a socket: listed, and never opened. */
    OTHER
}
