package com.example.plugins;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A plug-in whose file may change. A running call finishes with the code with which it began. */
final class Plugin implements AutoCloseable {
    /** One version of the plug-in. Any number of threads may call it: a pool lends each call an instance. */
    private static final class Version implements AutoCloseable {
        final Guest guest;
        final Pool pool;
        final Pricing pricing;

        Version(Path file) throws IOException {
            guest = Airlock.open(file.getFileName().toString(), Files.readAllBytes(file));
            try {
                pool = guest.pooled(PoolOptions.size(4));
                pricing = pool.as(Pricing.class);
            } catch (RuntimeException e) {
                guest.close();
                throw e;
            }
        }

        @Override
        public void close() {
            pool.close();
            guest.close();
        }
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Version version;

    Plugin(Path file) throws IOException {
        version = new Version(file);
    }

    /** Replaces the plug-in. If the file is not such a plug-in, this throws, and the previous version stays. */
    void reload(Path file) throws IOException {
        Version next = new Version(file); // compiled while calls go on
        Version before;
        lock.writeLock().lock(); // waits until running calls have ended
        try {
            before = version;
            version = next;
        } finally {
            lock.writeLock().unlock();
        }
        before.close();
    }

    int price(int cents) {
        lock.readLock().lock();
        try {
            return version.pricing.price(cents);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            version.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
