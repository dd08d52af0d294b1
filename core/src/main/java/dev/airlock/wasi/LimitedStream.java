package dev.airlock.wasi;

import dev.airlock.error.LimitException;
import dev.airlock.limit.Limits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on bytes up to a limit. Of the write that exceeds the limit, the bytes within it are still passed on. */
final class LimitedStream extends FilterOutputStream {
    private final String name;
    private final long limit;
    private long written;

    private LimitedStream(OutputStream out, String name, long limit) {
        super(out);
        this.name = name;
        this.limit = limit;
    }

    static OutputStream of(OutputStream out, String name, Limits limits) {
        return limits.outputBytes() == Limits.UNLIMITED ? out : new LimitedStream(out, name, limits.outputBytes());
    }

    @Override
    public void write(int value) throws IOException {
        if (written == limit) {
            throw over(1);
        }
        out.write(value);
        written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int fits = (int) Math.min(length, limit - written);
        if (fits > 0) {
            out.write(bytes, offset, fits);
            written += fits;
        }
        if (fits < length) {
            throw over(length - fits);
        }
    }

    private LimitException over(int more) {
        return new LimitException(LimitException.Kind.OUTPUT, name, limit, written + more);
    }
}
