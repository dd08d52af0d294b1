package dev.airlock.wasi.files;

/** Why the file system said no to a guest. The message names the guest's path, never the host's. */
public final class FileException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of no: the doors make their error numbers of it. */
    public enum Kind {
        /** The host's permissions do not allow it. */
        ACCESS,
        BUSY,
        EXISTS,
        FILE_TOO_LARGE,
        /** The host cannot have a file of this name, or would take it for something else than one plain name. */
        ILLEGAL_NAME,
        /** The thread was interrupted; its flag is still set. */
        INTERRUPTED,
        INVALID,
        /** The host failed in a way that has no name here. */
        IO,
        IS_DIRECTORY,
        /** More symbolic links than one path may have, or a link where none may be followed. */
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
        /** More than {@link FolderBounds} allow the guest to add. */
        QUOTA,
        READ_ONLY,
        /** From one preopened folder to another, or from one of the host's file systems to another. */
        CROSS_DEVICE,
        /** The host has no descriptors left. */
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
