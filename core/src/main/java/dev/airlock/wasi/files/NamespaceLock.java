package dev.airlock.wasi.files;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A read/write lock for names: lookups share it, changes hold it alone. There is one lock for all folders of this JVM,
 * since two folders may be the same one, or one may contain the other. So no guest can change the meaning of a name
 * between a check and its use by another guest.
 *
 * <p>Work under the lock waits for nothing except the file system's metadata: contents are read and written outside of
 * it.
 */
final class NamespaceLock {
    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

    interface Work<T> {
        T run() throws IOException, FileException;
    }

    interface Change {
        void run() throws IOException, FileException;
    }

    private NamespaceLock() {}

    /**
     * Runs work that looks up names.
     *
     * @param about the guest's path, for errors
     */
    static <T> T looking(String about, Work<T> work) throws FileException {
        return in(LOCK.readLock(), about, work);
    }

    static <T> T alone(String about, Work<T> work) throws FileException {
        return in(LOCK.writeLock(), about, work);
    }

    static void changing(String about, Change change) throws FileException {
        alone(about, () -> {
            change.run();
            return true;
        });
    }

    /** Runs a closing operation, whose failure the caller could not handle. */
    static void closing(Runnable close) {
        LOCK.readLock().lock();
        try {
            close.run();
        } finally {
            LOCK.readLock().unlock();
        }
    }

    private static <T> T in(Lock lock, String about, Work<T> work) throws FileException {
        lock.lock();
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            throw FileFailures.of(e, about);
        } finally {
            lock.unlock();
        }
    }
}
