package dev.airlock.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream that cannot tell whether it has bytes. To find out, a separate thread reads one byte ahead.
 *
 * <p>That happens only if a guest asks before it reads and no byte is known to be there. A guest that asks and never
 * reads leaves the thread behind, and the thread takes one byte that the guest never gets.
 */
final class WatchedStream extends SourceStream {
    private static final int NOTHING = -2;
    private static final int END = -1;

    private final InputStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int ahead = NOTHING;
    private @Nullable IOException failure;
    private boolean watching;

    WatchedStream(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (watching) {
                changed.await();
            }
            IOException failed = failure;
            if (failed != null) {
                failure = null;
                throw failed;
            }
            if (ahead != NOTHING) {
                int first = ahead;
                ahead = NOTHING;
                return first == END ? END : continued((byte) first, into, offset, length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        } finally {
            lock.unlock();
        }
        return stream.read(into, offset, length);
    }

    private int continued(byte first, byte[] into, int offset, int length) throws IOException {
        into[offset] = first;
        int more = Math.min(stream.available(), length - 1);
        return more <= 0 ? 1 : 1 + Math.max(0, stream.read(into, offset + 1, more));
    }

    @Override
    public int available() throws IOException {
        lock.lock();
        try {
            return watching ? 0 : stream.available() + (ahead >= 0 ? 1 : 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitReadable(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            if (!isReady() && !watching) {
                watching = true;
                Thread watcher = new Thread(this::watch, "airlock waits for input");
                watcher.setDaemon(true);
                watcher.start();
            }
            while (!isReady() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isReady();
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady() {
        if (watching) {
            return false;
        }
        try {
            return ahead != NOTHING || failure != null || stream.available() > 0;
        } catch (IOException e) {
            failure = e;
            return true;
        }
    }

    private void watch() {
        int found = NOTHING;
        IOException failed = null;
        try {
            found = stream.read();
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException e) {
            failed = new IOException("the stream threw " + e, e);
        } finally {
            lock.lock();
            try {
                ahead = found;
                failure = failed;
                watching = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {}

    /**
     * The standard input of this process. All guests share it, so that a byte read ahead is not lost to the next guest.
     */
    static final class OfProcess {
        static final WatchedStream STREAM = new WatchedStream(new java.io.FileInputStream(java.io.FileDescriptor.in));

        private OfProcess() {}
    }
}
