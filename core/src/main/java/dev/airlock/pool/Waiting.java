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
 * The threads that wait for an instance, in FIFO order.
 *
 * <p>A returned instance goes to the shelf until the first waiter has waited for {@link #PATIENCE}: a thread that is already
 * running may be faster than one that has yet to wake up, and handing over each instance would cost a change of threads for
 * each call. After that time the first waiter gets the next instance, so no thread waits for ever.
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

    /** Returns how many threads wait. Read after every change that they may wait for. */
    int count() {
        return count;
    }

    /**
     * Waits until an instance is available.
     *
     * @param look returns an instance or null, and may throw; called again whenever something may have changed
     * @return the instance; null if the time is over
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
            // A thread that stops waiting may have got the signal for one of several instances: pass it on.
            tellFirst();
            lock.unlock();
        }
    }

    private @Nullable Lease await(Waiter waiter, long nanos, Supplier<@Nullable Lease> look) {
        long left = nanos;
        while (true) {
            // An instance that was handed over is taken first; otherwise it would be lost.
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

    /** Signals a change: an instance is on the shelf, or may be created, or the pool is closed. */
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

    /** Hands an instance to a thread that has waited for long, or returns false if there is none. */
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
