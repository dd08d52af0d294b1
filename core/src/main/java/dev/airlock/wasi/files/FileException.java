package dev.airlock.wasi.files;

/** A failure of the file system that the guest gets to know. The message names the guest's path, never the host's. */
public final class FileException extends Exception {
    private static final long serialVersionUID = 1;

    /** The kinds of failures. Each WASI version maps them to its error numbers. */
    public enum Kind {
        /** The host's permissions do not allow it. */
        ACCESS,
        BUSY,
        EXISTS,
        FILE_TOO_LARGE,
        /** The host cannot have a file of this name, or would not take it for one plain name. */
        ILLEGAL_NAME,
        /** The thread was interrupted; its interrupt status is still set. */
        INTERRUPTED,
        INVALID,
        /** The host failed in a way that no other kind describes. */
        IO,
        IS_DIRECTORY,
        /** The path has too many symbolic links, or a link at a place where none may be followed. */
        LOOP,
        NAME_TOO_LONG,
        NO_ENTRY,
        /** The host's disk is full. */
        NO_SPACE,
        NOT_DIRECTORY,
        NOT_EMPTY,
        NOT_PERMITTED,
        NOT_SUPPORTED,
        /** The path leads out of the folder. */
        OUTSIDE,
        /** The guest would add more than {@link FolderBounds} allow. */
        QUOTA,
        READ_ONLY,
        /** The paths are in two preopened folders, or in two file systems of the host. */
        CROSS_DEVICE,
        /** The host has no descriptor left. */
        TOO_MANY_OPEN
    }

    private final Kind kind;

    FileException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
