package dev.airlock.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bytes for a guest, and whether there are any: for the doors of WASI.
 *
 * <p>Reading waits for the first byte and for no more. An interrupt while it waits is an {@link
 * java.io.InterruptedIOException}, where the stream below knows of interrupts.
 */
public abstract class SourceStream extends InputStream {
    SourceStream() {}

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int available() throws IOException;

    /**
     * Waits until a read would not wait, since there is something to read, or the end, or an error.
     *
     * @param nanos for how long; 0 only looks
     * @return whether it would not
     */
    public abstract boolean awaitReadable(long nanos) throws InterruptedException;

    /** A stream that never makes its reader wait. */
    static SourceStream ready(InputStream stream) {
        return new SourceStream() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return stream.read(into, offset, length);
            }

            @Override
            public int available() throws IOException {
                return stream.available();
            }

            @Override
            public boolean awaitReadable(long nanos) {
                return true;
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    /** Any stream of the host's, which is the host's to close. */
    static SourceStream of(InputStream stream) {
        return stream instanceof Pipe.Source pipe ? new OfPipe(pipe) : new WatchedStream(stream);
    }

    /**
     * The same, whose reader waits where an interrupt ends the wait: also where the stream below knows nothing of
     * interrupts, as that of a terminal does not.
     *
     * @param wanted asked before each wait; where it says no, reading is left to the stream below
     */
    static SourceStream interruptible(SourceStream source, BooleanSupplier wanted) {
        return new SourceStream() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (!wanted.getAsBoolean()) {
                    return source.read(into, offset, length);
                }
                try {
                    while (length > 0 && !source.awaitReadable(TimeUnit.HOURS.toNanos(1))) {
                        continue;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for input");
                }
                return source.read(into, offset, length);
            }

            @Override
            public int available() throws IOException {
                return source.available();
            }

            @Override
            public boolean awaitReadable(long nanos) throws InterruptedException {
                return source.awaitReadable(nanos);
            }

            @Override
            public void close() throws IOException {
                source.close();
            }
        };
    }

    /** The same, with something that is closed with it. */
    static SourceStream owned(SourceStream source, Closeable owned) {
        return new SourceStream() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return source.read(into, offset, length);
            }

            @Override
            public int available() throws IOException {
                return source.available();
            }

            @Override
            public boolean awaitReadable(long nanos) throws InterruptedException {
                return source.awaitReadable(nanos);
            }

            @Override
            public void close() throws IOException {
                owned.close();
            }
        };
    }

    private static final class OfPipe extends SourceStream {
        private final Pipe.Source pipe;

        OfPipe(Pipe.Source pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return pipe.read(into, offset, length);
        }

        @Override
        public int available() {
            return pipe.available();
        }

        @Override
        public boolean awaitReadable(long nanos) throws InterruptedException {
            return pipe.awaitReadable(nanos);
        }

        @Override
        public void close() {}
    }
}
