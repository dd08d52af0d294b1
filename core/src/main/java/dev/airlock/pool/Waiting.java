package dev.airlock.pool;

import dev.airlock.error.InstanceStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for an instance, first come, first told.
 *
 * <p>An instance that comes back goes to the shelf while the first of them has not waited for long, because a thread that
 * is running already may be faster than one that has yet to wake up: to hand over each instance would cost a change of
 * threads for each call.
 * Once the first has waited for {@link #PATIENCE} it is handed the next one, so none waits for ever.
 */
final class Waiting {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private volatile int count;
    private long waits;
    private long waited;
    private long timeouts;

    private static final class Waiter {
        final long since = System.nanoTime();
        final Condition told;

        @Nullable
        Lease handed;

        Waiter(Condition told) {
            this.told = told;
        }
    }

    /** Returns how many threads wait; looked at after anything has changed that they may wait for. */
    int count() {
        return count;
    }

    /**
     * Waits until an instance is available.
     *
     * @param look gives what there is, or null; asked again whenever something may have changed. It may throw, too
     * @return null if the time is over
     */
    @Nullable
    Lease await(long nanos, Supplier<@Nullable Lease> look) {
        lock.lock();
        Waiter waiter = new Waiter(lock.newCondition());
        try {
            queue.add(waiter);
            count = queue.size();
            waits++;
            return await(waiter, nanos, look);
        } finally {
            queue.remove(waiter);
            count = queue.size();
            waited += System.nanoTime() - waiter.since;
            // A waiter that leaves may have been notified of one of several instances that came back.
            tellFirst();
            lock.unlock();
        }
    }

    private @Nullable Lease await(Waiter waiter, long nanos, Supplier<@Nullable Lease> look) {
        long left = nanos;
        while (true) {
            // What was handed over is taken first, or it would be lost.
            Lease found = waiter.handed == null ? look.get() : waiter.handed;
            if (found != null) {
                return found;
            }
            if (left <= 0) {
                timeouts++;
                return null;
            }
            try {
                left = waiter.told.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (waiter.handed != null) {
                    return waiter.handed;
                }
                throw new InstanceStateException("interrupted while waiting for an instance of a pool", e);
            }
        }
    }

    private void tellFirst() {
        Waiter first = queue.peek();
        if (first != null) {
            first.told.signal();
        }
    }

    /** Something has changed: an instance is on the shelf, or may be made, or the pool is closed. */
    void tell() {
        lock.lock();
        try {
            tellFirst();
        } finally {
            lock.unlock();
        }
    }

    void tellAll() {
        lock.lock();
        try {
            queue.forEach(waiter -> waiter.told.signal());
        } finally {
            lock.unlock();
        }
    }

    /** Hands an instance to a thread that has waited for long; false if there is none. */
    boolean handOver(Lease lease) {
        lock.lock();
        try {
            Waiter first = queue.peek();
            if (first == null || System.nanoTime() - first.since < PATIENCE) {
                return false;
            }
            queue.remove();
            count = queue.size();
            first.handed = lease;
            first.told.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    PoolFigures figures(int size, int inUse, int idle, long created, long evicted, long calls, long resets) {
        lock.lock();
        try {
            return new PoolFigures(
                    size,
                    inUse,
                    idle,
                    queue.size(),
                    created,
                    evicted,
                    calls,
                    resets,
                    waits,
                    Duration.ofNanos(waited),
                    timeouts);
        } finally {
            lock.unlock();
        }
    }
}
