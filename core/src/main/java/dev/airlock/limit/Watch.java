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
 * Sees to it that calls into one instance, or one component, end in time.
 *
 * <p>To enter and to leave writes a number, no more: odd while a call is on, and another for each call. It is the {@link
 * Watchdog} that keeps time: it looks at these numbers every few milliseconds, takes a call to begin when it first sees it,
 * and interrupts its thread when the call is late. Who enters and the watchdog agree on who was first without an atomic
 * instruction in the way in or out: see docs/RATIONALE.md. Public for the engine; no program should use it.
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

    /** Changes between calls only. */
    private volatile long timeoutNanos;

    private boolean timed;

    /** Odd while a call is on. Only the thread inside writes it. */
    private long call;

    private @Nullable Thread thread;
    private long hostCalls;

    /** Whether the watchdog has this in its round. Set by who enters, unset by the watchdog. */
    private volatile boolean watched;

    /** Set by the watchdog before it stops a call: then the thread inside has to leave by way of the lock. */
    private volatile boolean striking;

    /** Under the lock of this. */
    private @Nullable Stop stop;

    /** Whether what came of the stop is thrown already. Only the thread inside has it. */
    private boolean told;

    /** What the watchdog remembers from round to round, and only the watchdog reads. */
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
     * @param foreign whether the thread's interrupt flag was set by somebody else
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
     * One that may have nothing to watch yet.
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
     * Has options hold for the calls from now on, together with the limits.
     *
     * <p>Only for a thread that keeps others out of the instance, while it is in no call.
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
     * Returns whether a call may be interrupted for taking too long by the clock on the wall.
     *
     * @return whether a call may be interrupted for taking too long by the clock on the wall
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
     * Null if there is nothing to watch.
     *
     * @param limits the limits
     * @return the new watch
     */
    public static @Nullable Watch by(Limits limits) {
        return limits.timeout() == null && limits.cpuTime() == null && limits.hostCalls() == Limits.UNLIMITED
                ? null
                : new Watch(limits);
    }

    /**
     * A call from outside begins, in this thread.
     *
     * @param current this thread
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
     * Returns the call from outside ends. Whatever the watchdog did to the thread is undone.
     *
     * @return what is to be thrown now, if the call was stopped and the error was not thrown yet
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
     * Returns a call from within a host function ends; the call from outside is still on.
     *
     * @return a call from within a host function ends
     */
    public @Nullable LimitException endInner() {
        LimitException late = null;
        if (striking && !told) {
            Stop why = stopped();
            late = why == null ? null : why.exception("", null);
        }
        // A caller may hold back what was thrown: the outermost call then throws it again.
        told = false;
        return late;
    }

    /**
     * Why the call that this thread is in was stopped; the code that asks throws it.
     *
     * @return why; null if the call was not stopped
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

    /** The guest calls its host. */
    public void countHostCall() {
        if (++hostCalls > maximumHostCalls) {
            throw new LimitException(Kind.HOST_CALLS, "calls to the host in a call", maximumHostCalls, hostCalls);
        }
    }

    // What follows is for the watchdog.

    /** Odd while a call is on. */
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

    /** Returns how often this wants to be looked at. */
    long intervalNanos() {
        return Math.min(timeoutNanos, cpuNanos) / 8;
    }

    long cpuTimeOf(Thread of) {
        return cpuNanos == Long.MAX_VALUE ? 0 : cpuTime(ManagementFactory.getThreadMXBean(), of);
    }

    /** Why a call has to end now, if it has to. */
    @Nullable
    Kind late(long wall, long cpu) {
        if (wall >= timeoutNanos) {
            return Kind.WALL_CLOCK;
        }
        return cpu >= cpuNanos ? Kind.CPU_TIME : null;
    }

    /** Has the thread inside come to the lock when it leaves. */
    void prepareToStrike() {
        striking = true;
    }

    /** Returns whether a thread's interrupt flag, if it is set, is set on behalf of this. */
    synchronized boolean hasInterrupted(Thread inside) {
        return stop != null && !stop.foreign && thread == inside;
    }

    /**
     * Interrupts the call, unless it has ended.
     *
     * @param ours whether the interrupt flag, if it is set, is set by the watchdog on behalf of another instance
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

    /** Interrupts it again: a host function has taken the interrupt for its own. */
    synchronized void strikeAgain(long seenCall, Thread inside) {
        Stop before = stop;
        if (before != null && callNow() == seenCall && !inside.isInterrupted()) {
            // If somebody else had set the flag, that is used up too.
            stop = new Stop(before.kind, before.limit, before.taken, false);
            inside.interrupt();
        }
    }
}
