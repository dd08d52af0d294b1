package dev.airlock.wasi.preview1;

import dev.airlock.wasi.WasiClocks;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that a guest sets for files: given ones, or the time of its clock. */
final class FileTimes {
    private static final long SECOND = 1_000_000_000;

    private final WasiClocks clocks;

    FileTimes(WasiClocks clocks) {
        this.clocks = clocks;
    }

    /** Throws EINVAL for an unknown flag, and for a time that is set both to a given one and to now. */
    void checkFlags(int flags) throws Refusal {
        Flags.known(flags, Flags.FSTFLAGS);
        if ((flags & (Flags.ATIM | Flags.ATIM_NOW)) == (Flags.ATIM | Flags.ATIM_NOW)
                || (flags & (Flags.MTIM | Flags.MTIM_NOW)) == (Flags.MTIM | Flags.MTIM_NOW)) {
            throw Errno.EINVAL.refusal();
        }
    }

    @Nullable
    FileTime accessed(long given, int flags) {
        return time(given, (flags & Flags.ATIM) != 0, (flags & Flags.ATIM_NOW) != 0);
    }

    @Nullable
    FileTime modified(long given, int flags) {
        return time(given, (flags & Flags.MTIM) != 0, (flags & Flags.MTIM_NOW) != 0);
    }

    private @Nullable FileTime time(long given, boolean set, boolean now) {
        if (!set && !now) {
            return null;
        }
        long nanos = now ? clocks.wallNanos() : given;
        return FileTime.from(
                Instant.ofEpochSecond(Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND)));
    }
}
