package dev.airlock.memory.linear;

import dev.airlock.error.TrapCode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The threads that wait at offsets of one shared memory, in order of arrival (threads proposal, wait and notify).
 *
 * <p>An offset has a queue for as long as somebody waits there, so that a guest cannot pile up bookkeeping.
 */
final class Waiters {
    static final int WOKEN = 0;
    static final int NOT_EQUAL = 1;
    static final int TIMED_OUT = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, ArrayDeque<Waiter>> queues = new HashMap<>();

    private static final class Waiter {
        final Condition condition;
        boolean woken;

        Waiter(Condition condition) {
            this.condition = condition;
        }
    }

    /**
     * Waits if the value is still what the guest expects.
     *
     * @param isExpected reads the memory; asked under the lock that {@link #wake} takes, so that no wake-up is missed
     * @param timeout in nanoseconds; negative to wait for ever
     */
    int await(int offset, BooleanSupplier isExpected, long timeout) {
        lock.lock();
        try {
            if (!isExpected.getAsBoolean()) {
                return NOT_EQUAL;
            }
            Waiter waiter = new Waiter(lock.newCondition());
            queues.computeIfAbsent(offset, key -> new ArrayDeque<>()).add(waiter);
            try {
                return sleep(waiter, timeout);
            } finally {
                if (!waiter.woken) {
                    leave(offset, waiter);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static int sleep(Waiter waiter, long timeout) {
        long left = timeout;
        try {
            while (!waiter.woken) {
                if (timeout < 0) {
                    waiter.condition.await();
                } else if (left <= 0) {
                    return TIMED_OUT;
                } else {
                    left = waiter.condition.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The thread that woke this one has counted it already, so the guest must see that it was woken.
            if (!waiter.woken) {
                throw new GuestTrap(TrapCode.INTERRUPTED, "interrupted while waiting in memory.atomic.wait");
            }
        }
        return WOKEN;
    }

    private void leave(int offset, Waiter waiter) {
        ArrayDeque<Waiter> queue = queues.get(offset);
        if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
            queues.remove(offset);
        }
    }

    /**
     * Wakes the threads that have waited longest.
     *
     * @param count at most so many, unsigned
     * @return how many
     */
    int wake(int offset, int count) {
        lock.lock();
        try {
            ArrayDeque<Waiter> queue = queues.get(offset);
            if (queue == null) {
                return 0;
            }
            int woken = 0;
            while (Integer.compareUnsigned(woken, count) < 0 && !queue.isEmpty()) {
                Waiter waiter = queue.remove();
                waiter.woken = true;
                waiter.condition.signal();
                woken++;
            }
            if (queue.isEmpty()) {
                queues.remove(offset);
            }
            return woken;
        } finally {
            lock.unlock();
        }
    }

    /** At how many offsets threads wait. */
    int offsets() {
        lock.lock();
        try {
            return queues.size();
        } finally {
            lock.unlock();
        }
    }
}
