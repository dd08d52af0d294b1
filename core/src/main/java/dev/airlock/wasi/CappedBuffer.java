package dev.airlock.wasi;

import dev.airlock.error.LimitException;
import java.io.ByteArrayOutputStream;

/** Keeps what a guest writes, up to a limit, so that a guest cannot fill the host's heap. */
public final class CappedBuffer extends ByteArrayOutputStream {
    private final String name;
    private final long limit;

    /**
     * Creates an empty buffer.
     *
     * @param name what is limited, as the error names it: {@code "bytes on stdout"}
     * @param limit in bytes
     */
    public CappedBuffer(String name, long limit) {
        this.name = name;
        this.limit = limit;
    }

    @Override
    public synchronized void write(int value) {
        check(1);
        super.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        check(length);
        super.write(bytes, offset, length);
    }

    private void check(int more) {
        if (more > limit - count) {
            throw new LimitException(LimitException.Kind.OUTPUT, name, limit, (long) count + more);
        }
    }
}
