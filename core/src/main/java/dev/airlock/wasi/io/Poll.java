package dev.airlock.wasi.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for the first of several things. */
public final class Poll {
    /** An infinite wait, as a number of nanoseconds to which others can be added: 73 years. */
    public static final long NEVER = Long.MAX_VALUE / 4;

    /** The longest wait for one of several pollables before the others are looked at. */
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(5);

    private Poll() {}

    /**
     * Waits until at least one is ready or the time is over.
     *
     * @param pollables may be empty, to wait for the time only
     * @param nanos 0 or less to look once without waiting
     * @param <P> the type of the pollables
     * @return those that are ready, in the given order; empty if the time is over
     * @throws dev.airlock.error.Trap if this thread is interrupted
     */
    public static <P extends Pollable> List<P> first(List<P> pollables, long nanos) {
        long start = System.nanoTime();
        for (int turn = 0; ; turn++) {
            var ready = new ArrayList<P>();
            try {
                for (P pollable : pollables) {
                    if (pollable.await(0)) {
                        ready.add(pollable);
                    }
                }
                long left = nanos - (System.nanoTime() - start);
                if (!ready.isEmpty() || left <= 0) {
                    return ready;
                }
                pause(pollables, turn, left);
            } catch (InterruptedException e) {
                throw Interrupts.trap(e);
            }
        }
    }

    private static void pause(List<? extends Pollable> pollables, int turn, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (pollables.isEmpty()) {
            LockSupport.parkNanos(nanos);
        } else {
            pollables.get(turn % pollables.size()).await(pollables.size() == 1 ? nanos : Math.min(nanos, GLANCE));
        }
    }
}
