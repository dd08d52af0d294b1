package dev.airlock.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries bytes from one thread to another through a bounded buffer, as a pipe of an operating system does: the writer
 * waits while the buffer is full, the reader while it is empty.
 *
 * <p>Unlike the pipes of {@code java.io}, it does not depend on which threads write and read, and it wakes the other
 * side at once. After the reading end is closed, a write fails; after the writing end is closed, a read meets the end
 * once the buffer is empty. An interrupt ends a wait with an {@link InterruptedIOException} and leaves the thread's
 * interrupt status set.
 */
public final class Pipe {
    private static final int CAPACITY = 64 << 10;

    private final byte[] ring = new byte[CAPACITY];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int start;
    private int count;
    private boolean sourceClosed;
    private boolean sinkClosed;

    /** {@return the end to read from} */
    public InputStream source() {
        return new Source();
    }

    /** {@return the end to write to} */
    public OutputStream sink() {
        return new Sink();
    }

    private void await() throws InterruptedIOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the other end of a pipe");
        }
    }

    final class Source extends InputStream {
        private Source() {}

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            lock.lock();
            try {
                while (count == 0) {
                    if (sourceClosed) {
                        throw new IOException("this end of the pipe is closed");
                    }
                    if (sinkClosed) {
                        return -1;
                    }
                    await();
                }
                int taken = Math.min(length, count);
                int first = Math.min(taken, CAPACITY - start);
                System.arraycopy(ring, start, bytes, offset, first);
                System.arraycopy(ring, 0, bytes, offset + first, taken - first);
                start = (start + taken) % CAPACITY;
                count -= taken;
                changed.signalAll();
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until a read would not wait, or the time is over; returns whether a read would not wait. */
        boolean awaitReadable(long nanos) throws InterruptedException {
            long left = nanos;
            lock.lockInterruptibly();
            try {
                while (count == 0 && !sourceClosed && !sinkClosed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return count > 0 || sourceClosed || sinkClosed;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int available() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                sourceClosed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            int written = 0;
            lock.lock();
            try {
                while (written < length) {
                    if (sourceClosed || sinkClosed) {
                        throw new IOException(
                                sinkClosed
                                        ? "this end of the pipe is closed"
                                        : "the reader of this pipe has closed it");
                    }
                    if (count == CAPACITY) {
                        await();
                        continue;
                    }
                    int end = (start + count) % CAPACITY;
                    int room = end < start ? start - end : CAPACITY - end;
                    int given = Math.min(Math.min(room, CAPACITY - count), length - written);
                    System.arraycopy(bytes, offset + written, ring, end, given);
                    count += given;
                    written += given;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                sinkClosed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
