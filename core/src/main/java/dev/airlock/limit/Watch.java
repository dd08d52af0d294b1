package dev.airlock.limit;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls into one instance, or one component, that exceed a time limit.
 *
 * <p>Entering and leaving only write a number, which is odd during a call and differs for each call. The {@link Watchdog}
 * measures the time: it looks at these numbers every few milliseconds, counts a call from the moment when it first sees it, and
 * interrupts the thread of a call that is late. The entering thread and the watchdog agree on which of them was first without
 * an atomic instruction on the way in or out: see docs/RATIONALE.md. Public for the engine; no program should use it.
 */
public final class Watch {
    private static final VarHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup().findVarHandle(Watch.class, "call", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long cpuNanos;
    private final long maximumHostCalls;
    private final @Nullable Duration limit;

    /** Changes only between calls. */
    private volatile long timeoutNanos;

    private boolean timed;

    /** Odd during a call. Only the thread inside writes it. */
    private long call;

    private @Nullable Thread thread;
    private long hostCalls;

    /** Whether the watchdog checks this watch in each round. Set by the thread that enters, cleared by the watchdog. */
    private volatile boolean watched;

    /** Set by the watchdog before it stops a call; the thread inside then has to take the lock when it leaves. */
    private volatile boolean striking;

    /** Guarded by this. */
    private @Nullable Stop stop;

    /** Whether the error of the stopped call has been thrown. Used only by the thread inside. */
    private boolean told;

    /** The number that the watchdog saw in its last round. Used only by the watchdog. */
    final Seen seen = new Seen();

    /** See {@link #seen}. */
    static final class Seen {
        boolean listed;
        boolean leaving;
        long call;
        long since;
        long cpu;
        long idleSince;
        long struckCall;
        long struckAt;
    }

    /**
     * Why and when a call was stopped.
     *
     * @param limit in milliseconds, as {@code taken} is
     * @param foreign whether other code had set the thread's interrupt flag
     */
    public record Stop(Kind kind, long limit, long taken, boolean foreign) {
        /**
         * Returns the error for the call.
         *
         * @param place where the guest was, for the message
         * @param cause what ended the guest, or null
         * @return the error
         */
        public LimitException exception(String place, @Nullable Throwable cause) {
            return LimitException.stopped(
                    kind,
                    kind == Kind.CPU_TIME ? "ms of processor time for a call" : "ms of wall-clock time for a call",
                    limit,
                    taken,
                    place,
                    cause);
        }
    }

    /**
     * Creates a watch, which may have no limit to enforce yet.
     *
     * @param limits the limits
     */
    public Watch(Limits limits) {
        limit = limits.timeout();
        cpuNanos = nanos(limits.cpuTime());
        maximumHostCalls = limits.hostCalls();
        heed(CallOptions.defaults());
    }

    /**
     * Applies options to the calls from now on, in addition to the limits.
     *
     * <p>The caller has to keep other threads out of the instance, and the instance must not be in a call.
     *
     * @param options the options of each call
     */
    public void heed(CallOptions options) {
        timeoutNanos = Math.min(nanos(limit), nanos(options.timeout()));
        if (!timed && (timeoutNanos != Long.MAX_VALUE || cpuNanos != Long.MAX_VALUE)) {
            timed = true;
            Watchdog.start();
        }
    }

    /**
     * Returns whether calls have a limit of wall-clock time.
     *
     * @return true if a call may be interrupted when it takes too long
     */
    public boolean isTimed() {
        return timeoutNanos != Long.MAX_VALUE;
    }

    private static long nanos(@Nullable Duration duration) {
        if (duration == null || duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.toNanos();
    }

    /**
     * Returns a watch for these limits.
     *
     * @param limits the limits of the instance
     * @return the new watch; null if the limits set nothing to watch
     */
    public static @Nullable Watch by(Limits limits) {
        return limits.timeout() == null && limits.cpuTime() == null && limits.hostCalls() == Limits.UNLIMITED
                ? null
                : new Watch(limits);
    }

    /**
     * Records that a call from outside begins in this thread.
     *
     * @param current the current thread
     */
    public void begin(Thread current) {
        hostCalls = 0;
        told = false;
        if (!timed) {
            return;
        }
        if (current != thread) {
            if (cpuNanos != Long.MAX_VALUE) {
                requireCpuTime(current);
            }
            thread = current;
        }
        CALL.setRelease(this, call + 1);
        if (!watched) {
            watched = true;
            Watchdog.watch(this);
        }
    }

    private static void requireCpuTime(Thread current) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled() || cpuTime(threads, current) < 0) {
            throw new InstanceStateException("thread \"" + current.getName()
                    + "\" cannot enter a guest with a limit of processor time: the JVM does not tell how much of it this"
                    + " thread uses, as of virtual threads it never does");
        }
    }

    @SuppressWarnings("deprecation") // Its new name is not in Java 17.
    private static long cpuTime(ThreadMXBean threads, Thread of) {
        return threads.getThreadCpuTime(of.getId());
    }

    /**
     * Records that the call from outside ends, and restores the thread's interrupt flag if the watchdog set it.
     *
     * @return the error to throw now, if the call was stopped and the error was not thrown yet; else null
     */
    public @Nullable LimitException end() {
        if (!timed) {
            return null;
        }
        CALL.setOpaque(this, call + 1);
        // Only now is it sure that the watchdog either sees the call ended or has us come this way.
        return striking ? endStruck() : null;
    }

    private @Nullable LimitException endStruck() {
        Stop was;
        synchronized (this) {
            was = stop;
            stop = null;
            striking = false;
            if (was != null && !was.foreign) {
                Thread.interrupted();
            }
        }
        return was == null || told ? null : was.exception("", null);
    }

    /**
     * Records that a nested call, which a host function made, ends; the call from outside goes on.
     *
     * @return the error to throw now, if the call was stopped and the error was not thrown yet; else null
     */
    public @Nullable LimitException endInner() {
        LimitException late = null;
        if (striking && !told) {
            Stop why = stopped();
            late = why == null ? null : why.exception("", null);
        }
        // A caller may swallow the error: the outermost call then throws it again.
        told = false;
        return late;
    }

    /**
     * Returns the error of the call that this thread is in, for the caller to throw.
     *
     * @return the error; null if the call was not stopped
     */
    public @Nullable Stop stopped() {
        if (!striking) {
            return null;
        }
        synchronized (this) {
            told = stop != null;
            return stop;
        }
    }

    /** Counts a call from the guest to its host. */
    public void countHostCall() {
        if (++hostCalls > maximumHostCalls) {
            throw new LimitException(Kind.HOST_CALLS, "calls to the host in a call", maximumHostCalls, hostCalls);
        }
    }

    // The methods below are for the watchdog.

    /** Returns a number that is odd during a call. */
    long callNow() {
        return (long) CALL.getAcquire(this);
    }

    /** Good as long as the call is on that was seen before. */
    @Nullable
    Thread threadInside() {
        return thread;
    }

    void setWatched(boolean value) {
        watched = value;
    }

    /** Returns how often the watchdog has to check this. */
    long intervalNanos() {
        return Math.min(timeoutNanos, cpuNanos) / 8;
    }

    long cpuTimeOf(Thread of) {
        return cpuNanos == Long.MAX_VALUE ? 0 : cpuTime(ManagementFactory.getThreadMXBean(), of);
    }

    /** Returns why the call has to end now, or null. */
    @Nullable
    Kind late(long wall, long cpu) {
        if (wall >= timeoutNanos) {
            return Kind.WALL_CLOCK;
        }
        return cpu >= cpuNanos ? Kind.CPU_TIME : null;
    }

    /** Makes the thread inside take the lock when it leaves. */
    void prepareToStrike() {
        striking = true;
    }

    /** Returns whether the interrupt flag of the thread, if set, was set for this watch. */
    synchronized boolean hasInterrupted(Thread inside) {
        return stop != null && !stop.foreign && thread == inside;
    }

    /**
     * Interrupts the call, unless it has ended.
     *
     * @param ours whether the interrupt flag, if set, was set by the watchdog for another instance
     */
    synchronized void strike(long seenCall, Thread inside, Kind kind, long takenNanos, boolean ours) {
        if (callNow() != seenCall) {
            striking = false;
            return;
        }
        boolean foreign = inside.isInterrupted() && !ours;
        long limit = kind == Kind.CPU_TIME ? cpuNanos : timeoutNanos;
        stop = new Stop(kind, limit / 1_000_000, takenNanos / 1_000_000, foreign);
        inside.interrupt();
    }

    /** Interrupts the thread again: a host function has consumed the interrupt. */
    synchronized void strikeAgain(long seenCall, Thread inside) {
        Stop before = stop;
        if (before != null && callNow() == seenCall && !inside.isInterrupted()) {
            // If other code had set the flag, that interrupt is consumed too.
            stop = new Stop(before.kind, before.limit, before.taken, false);
            inside.interrupt();
        }
    }
}
