package dev.airlock.wasi.preview1;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.wasi.files.FileException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/** What a guest is told when something of the host's fails: a number, and never the host's words. */
final class HostFailures {
    private HostFailures() {}

    /** A stream or a socket that failed. The guest gets the number; what it was stands in the debug log. */
    static Refusal of(IOException failure, Errno errno) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        // Looked up here and not held in a field: to find a logger costs a short program more than its run.
        System.getLogger("dev.airlock.wasi")
                .log(Level.DEBUG, () -> "a stream failed; the guest is told " + errno, failure);
        return errno.refusal();
    }

    static Refusal of(FileException failure) {
        return errno(failure.kind()).refusal();
    }

    private static Errno errno(FileException.Kind kind) {
        return switch (kind) {
            case ACCESS -> Errno.EACCES;
            case BUSY -> Errno.EBUSY;
            case EXISTS -> Errno.EEXIST;
            case FILE_TOO_LARGE -> Errno.EFBIG;
            case ILLEGAL_NAME, INVALID -> Errno.EINVAL;
            case INTERRUPTED -> throw interrupted();
            case IO -> Errno.EIO;
            case IS_DIRECTORY -> Errno.EISDIR;
            case LOOP -> Errno.ELOOP;
            case NAME_TOO_LONG -> Errno.ENAMETOOLONG;
            case NO_ENTRY -> Errno.ENOENT;
            case NO_SPACE -> Errno.ENOSPC;
            case NOT_DIRECTORY -> Errno.ENOTDIR;
            case NOT_EMPTY -> Errno.ENOTEMPTY;
            case NOT_PERMITTED, OUTSIDE -> Errno.EPERM;
            case NOT_SUPPORTED -> Errno.ENOTSUP;
            case QUOTA -> Errno.EDQUOT;
            case READ_ONLY -> Errno.EROFS;
            case CROSS_DEVICE -> Errno.EXDEV;
            case TOO_MANY_OPEN -> Errno.ENFILE;
        };
    }

    /** An interrupt is for the guest's execution as a whole: a guest that waited again would never end. */
    static Trap interrupted() {
        return new Trap(TrapCode.INTERRUPTED, "interrupted while the guest waited for its host", List.of(), null);
    }

    /** The same, where the wait has taken the thread's flag away. */
    static Trap interrupted(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        Trap trap = interrupted();
        trap.addSuppressed(interrupt);
        return trap;
    }
}
