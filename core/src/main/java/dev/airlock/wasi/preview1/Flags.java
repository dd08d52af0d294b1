package dev.airlock.wasi.preview1;

/** Flags and small numbers of the witx, in groups with the names of the witx. */
final class Flags {
    // fdflags
    static final int APPEND = 1;
    static final int DSYNC = 1 << 1;
    static final int NONBLOCK = 1 << 2;
    static final int RSYNC = 1 << 3;
    static final int SYNC = 1 << 4;
    static final String[] FDFLAGS = {"APPEND", "DSYNC", "NONBLOCK", "RSYNC", "SYNC"};

    // lookupflags
    static final int SYMLINK_FOLLOW = 1;
    static final String[] LOOKUPFLAGS = {"SYMLINK_FOLLOW"};

    // oflags
    static final int CREAT = 1;
    static final int DIRECTORY = 1 << 1;
    static final int EXCL = 1 << 2;
    static final int TRUNC = 1 << 3;
    static final String[] OFLAGS = {"CREAT", "DIRECTORY", "EXCL", "TRUNC"};

    // fstflags
    static final int ATIM = 1;
    static final int ATIM_NOW = 1 << 1;
    static final int MTIM = 1 << 2;
    static final int MTIM_NOW = 1 << 3;
    static final String[] FSTFLAGS = {"ATIM", "ATIM_NOW", "MTIM", "MTIM_NOW"};

    // riflags, roflags, sdflags
    static final int RECV_PEEK = 1;
    static final int RECV_WAITALL = 1 << 1;
    static final String[] RIFLAGS = {"RECV_PEEK", "RECV_WAITALL"};
    static final int RD = 1;
    static final int WR = 1 << 1;
    static final String[] SDFLAGS = {"RD", "WR"};

    // filetype
    static final int UNKNOWN = 0;
    static final int CHARACTER_DEVICE = 2;
    static final int OF_DIRECTORY = 3;
    static final int REGULAR_FILE = 4;
    static final int SOCKET_STREAM = 6;
    static final int SYMBOLIC_LINK = 7;

    private Flags() {}

    /** Throws EINVAL for an unknown flag. */
    static int known(int flags, String[] names) throws Refusal {
        if ((flags & -(1 << names.length)) != 0) {
            throw Errno.EINVAL.refusal();
        }
        return flags;
    }
}
