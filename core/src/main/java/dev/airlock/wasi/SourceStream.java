package dev.airlock.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A stream that can tell whether a read would wait, for the implementations of WASI versions.
 *
 * <p>A read waits for the first byte only. An interrupt during the wait is an {@link java.io.InterruptedIOException} if
 * the underlying stream supports interrupts.
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
     * Waits until a read would not wait: there is a byte, the end, or an error.
     *
     * @param nanos the longest wait; 0 to look once without waiting
     * @return whether a read would not wait
     * @throws InterruptedException if this thread is interrupted during the wait
     */
    public abstract boolean awaitReadable(long nanos) throws InterruptedException;

    /** Returns a stream whose reads never wait. */
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

    /** Returns a stream around any stream, which its owner closes. */
    static SourceStream of(InputStream stream) {
        return stream instanceof Pipe.Source pipe ? new OfPipe(pipe) : new WatchedStream(stream);
    }

    /**
     * Returns a stream whose reads wait in a way that an interrupt ends, even if the underlying stream ignores
     * interrupts, as a terminal's does.
     *
     * @param wanted asked before each wait; if it returns false, the underlying stream waits in its own way
     */
    static SourceStream interruptible(SourceStream source, BooleanSupplier wanted) {
        return new SourceStream() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (!wanted.getAsBoolean()) {
                    return source.read(into, offset, length);
                }
                try {
                    boolean readable = length == 0;
                    while (!readable) {
                        readable = source.awaitReadable(TimeUnit.HOURS.toNanos(1));
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

    /** Returns a stream that closes another resource together with itself. */
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
