package dev.airlock.wasi.files;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who may look up names, and who may change them: any number at a time, or one alone. One lock for all folders of this
 * JVM, since two folders may be the same one, or one lie in the other. So no guest can change what a name means between
 * another one's check and its use.
 *
 * <p>What is done in a turn does not wait for anything but the file system's own books: contents are read and written
 * outside of it.
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

    /** @param about the guest's path, for errors */
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

    /** For what cannot fail in a way that anybody could mend. */
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
            throw Failures.of(e, about);
        } finally {
            lock.unlock();
        }
    }
}
