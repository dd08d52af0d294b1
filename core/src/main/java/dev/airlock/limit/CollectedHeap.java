package dev.airlock.limit;

import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.SplittableRandom;

/**
 * How much of the Java heap the structs, arrays and exceptions of a guest take that are alive. Public for generated code.
 *
 * <p>The JVM does not tell, so this estimates it. Each allocation is counted down; where the count passes zero, which is at a
 * random distance, the object is watched by a weak reference, and stands for the bytes of an average distance. So any byte is as
 * likely to be watched as any other, however a guest arranges its allocations, and the weak references that are not cleared
 * stand for the objects that live, plus those that the JVM has not collected yet. Only if these two together are too much is a
 * garbage collection needed: one that the JVM made meanwhile, or else one that is asked for.
 *
 * <p>A collection stops all threads of the host. A guest must not be able to cause that all the time, so those that are asked for
 * take at most a tenth of the time, for all guests together; a guest that needs one earlier waits.
 */
public final class CollectedHeap {
    /** At this many samples the standard error of the estimate is 2 %. */
    private static final int SAMPLES = 2_048;

    private static final int SMALLEST_INTERVAL = 512;

    /** Larger objects are checked before they are made. */
    private static final int LARGE = 4_096;

    /** What HotSpot keeps for each frame in the trace of a throwable, and the frames that it keeps at most. */
    private static final int TRACE_BYTES = 22;

    private static final int DEEPEST_TRACE = 1_024;

    /** A collection has to be followed by this many times its duration without one. */
    private static final int PAUSE = 9;

    private static final Object COLLECTING = new Object();
    private static volatile long collectAgainAt = System.nanoTime();

    /** Limits above behave as this one: no heap is as large. */
    private static final long MOST = 1L << 56;

    private final boolean unlimited;
    private final long limit;
    private final long interval;

    /** What may be known dead only after a collection, beyond the limit. */
    private final long slack;

    private final SplittableRandom random = new SplittableRandom();

    /** Bytes to the next sample; below zero when one is due. */
    private long left;

    private final ArrayList<Sample> samples = new ArrayList<>();

    /** What all samples stand for. */
    private long held;

    /** {@link #held} right after the last collection that was asked for. */
    private long heldThen;

    /** At which amount the samples are looked through again. */
    private long lookAgainAt;

    /** Cleared by the next collection. */
    private WeakReference<Object> canary = new WeakReference<>(new Object());

    /** How many collections were noticed. */
    private int collections;

    /** An object that is watched; it stands for so many bytes. */
    private static final class Sample extends WeakReference<Object> {
        final long bytes;
        final int collections;

        Sample(Object watched, long bytes, int collections) {
            super(watched);
            this.bytes = bytes;
            this.collections = collections;
        }

        boolean isDead() {
            return refersTo(null);
        }
    }

    CollectedHeap(long limit) {
        unlimited = limit == Limits.UNLIMITED;
        this.limit = Math.min(limit, MOST);
        interval = Math.max(SMALLEST_INTERVAL, this.limit / SAMPLES);
        // A sixteenth of the JVM's heap is as good as free until the JVM collects by itself.
        long heap = Runtime.getRuntime().maxMemory() / 16;
        slack = Math.max(this.limit, Math.min(heap, this.limit * 16));
        lookAgainAt = this.limit;
        left = unlimited ? Long.MAX_VALUE : gap();
    }

    private long gap() {
        return 1 + (long) (-Math.log(1 - random.nextDouble()) * interval);
    }

    /**
     * Counts an object that was made.
     *
     * @param made the object
     * @param bytes how much of the heap it takes
     * @throws LimitException if the guest keeps too much
     */
    public void made(Object made, long bytes) {
        left -= bytes;
        if (left < 0) {
            sample(made, bytes);
        }
    }

    /**
     * Checks that a large object is within the limit, before it is made.
     *
     * @param bytes how much of the heap it would take
     * @throws LimitException if the guest would keep too much
     */
    public void check(long bytes) {
        if (bytes > LARGE) {
            checkLarge(bytes);
        }
    }

    private synchronized void checkLarge(long bytes) {
        if (bytes > limit) {
            throw refusal(bytes);
        }
        // What can never fit is not even tried: a host may run with -XX:+ExitOnOutOfMemoryError.
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw exhausted(bytes);
        }
        if (held + bytes > lookAgainAt) {
            look(bytes);
        }
    }

    private synchronized void sample(Object made, long bytes) {
        if (unlimited) {
            left = Long.MAX_VALUE;
            return;
        }
        noticeCollection();
        long stands = 0;
        if (bytes >= 16 * interval) {
            left += bytes;
            stands = bytes;
        }
        while (left < 0) {
            left += gap();
            stands += interval;
        }
        if (made instanceof Throwable) {
            // It was counted as if the stack were shallow. Each of these objects stands for others that are as deep.
            stands = (long) (stands * (1 + (double) TRACE_BYTES * depth() / bytes));
        }
        samples.add(new Sample(made, stands, collections));
        held += stands;
        if (held > lookAgainAt) {
            look(0);
        }
    }

    /** Returns how many frames the JVM notes in a throwable that is made here. */
    private static long depth() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(DEEPEST_TRACE).count());
    }

    private boolean noticeCollection() {
        if (canary.refersTo(null)) {
            collections++;
            canary = new WeakReference<>(new Object());
            return true;
        }
        return false;
    }

    /**
     * Finds out how much lives, as far as needed.
     *
     * @param more what is about to be made
     */
    private void look(long more) {
        long old = count();
        // What has survived no collection yet is probably garbage. What has may be garbage of the JVM's old generation.
        boolean unclear = old + more > limit || held + more > limit + slack;
        if (unclear && held + more - heldThen >= limit / 4) {
            if (collect()) {
                old = count();
                heldThen = held;
            } else if (Thread.currentThread().isInterrupted()) {
                // The guest ends at its next check.
                return;
            }
            // Without a collection, what survived one of the JVM's own has to count as alive.
            if (old + more > limit + limit / 16) {
                throw refusal(old + more);
            }
        }
        lookAgainAt = Math.max(limit, held + limit / 16);
    }

    /** Drops the samples that are dead, and returns what those stand for that have survived a collection. */
    private long count() {
        noticeCollection();
        samples.removeIf(Sample::isDead);
        held = 0;
        long old = 0;
        for (Sample sample : samples) {
            held += sample.bytes;
            if (sample.collections != collections) {
                old += sample.bytes;
            }
        }
        heldThen = Math.min(heldThen, held);
        return old;
    }

    /** Returns whether there was a collection. A JVM may be told to ignore requests, and an interrupt ends the wait. */
    private boolean collect() {
        synchronized (COLLECTING) {
            long wait = collectAgainAt - System.nanoTime();
            while (wait > 0) {
                try {
                    COLLECTING.wait(wait / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
                if (noticeCollection() && count() <= limit / 2) {
                    return true;
                }
                wait = collectAgainAt - System.nanoTime();
            }
            long start = System.nanoTime();
            System.gc();
            long now = System.nanoTime();
            collectAgainAt = now + PAUSE * (now - start);
            return noticeCollection();
        }
    }

    /**
     * Returns the error for an object for which the JVM has no room.
     *
     * @param bytes how much of the heap it would take
     * @return the new error, which is not thrown yet
     */
    public LimitException exhausted(long bytes) {
        return new LimitException("bytes of Java heap", Runtime.getRuntime().maxMemory(), bytes);
    }

    private LimitException refusal(long bytes) {
        return new LimitException(Kind.COLLECTED, "bytes of structs, arrays and exceptions", limit, bytes);
    }
}
