package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.FileException;
import dev.airlock.wasi.io.Interrupts;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Converts failures of the host to error numbers. The host's messages never reach the guest. */
final class HostFailures {
    private HostFailures() {}

    /** Returns the error number for a stream or socket that failed. The cause is in the debug log. */
    static Refusal of(IOException failure, Errno errno) {
        if (Thread.currentThread().isInterrupted()) {
            throw Interrupts.trap();
        }
        // Looked up here and not held in a field: finding a logger takes longer than the run of a short program.
        System.getLogger("dev.airlock.wasi")
                .log(Level.DEBUG, () -> "a stream failed; the guest gets " + errno, failure);
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
            case INTERRUPTED -> throw Interrupts.trap();
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
}
