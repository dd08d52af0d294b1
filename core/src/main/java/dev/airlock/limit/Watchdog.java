package dev.airlock.limit;

import dev.airlock.error.LimitException.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that stops calls that take too long, for all instances with a time limit. It checks them every few
 * milliseconds while any of them is in a call or was recently, and sleeps otherwise.
 */
final class Watchdog implements Runnable {
    private static final long SHORTEST_ROUND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_ROUND = TimeUnit.MILLISECONDS.toNanos(10);

    /** Keeps an instance that is called often in the rounds, so that it is not removed and added again. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long STRIKE_AGAIN = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Watchdog THE_ONE = new Watchdog();

    private final ConcurrentLinkedQueue<Watch> arrivals = new ConcurrentLinkedQueue<>();
    private final List<Watch> round = new ArrayList<>();
    private final Thread thread;
    private volatile boolean asleep;

    private Watchdog() {
        // Inherits nothing from the thread that is first: neither its class loader nor its thread locals.
        thread = new Thread(null, this, "airlock watchdog", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        // It sleeps nearly always; when it runs, it has to stop threads that keep all processors busy.
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    static {
        THE_ONE.thread.start();
    }

    /** Starts the thread if it is not running, so that this does not happen during the first call. */
    static void start() {}

    static void watch(Watch watch) {
        THE_ONE.arrivals.add(watch);
        if (THE_ONE.asleep) {
            LockSupport.unpark(THE_ONE.thread);
        }
    }

    @Override
    public void run() {
        while (true) {
            long pause = LONGEST_ROUND;
            try {
                admit();
                if (round.isEmpty()) {
                    sleep();
                    continue;
                }
                pause = goRound();
            } catch (OutOfMemoryError e) {
                // A guest may have made its host fill the heap; stopping that guest may free it.
                pause = SHORTEST_ROUND;
            }
            LockSupport.parkNanos(this, pause);
            // An interrupt would keep this thread from sleeping.
            Thread.interrupted();
        }
    }

    private void sleep() {
        asleep = true;
        if (arrivals.isEmpty()) {
            LockSupport.park(this);
            Thread.interrupted();
        }
        asleep = false;
    }

    private void admit() {
        for (Watch watch = arrivals.poll(); watch != null; watch = arrivals.poll()) {
            if (!watch.seen.listed) {
                round.add(watch);
                watch.seen.listed = true;
            }
            if (watch.seen.leaving) {
                watch.seen.leaving = false;
                watch.setWatched(true);
            }
        }
    }

    private long goRound() {
        long pause = LONGEST_ROUND;
        long now = System.nanoTime();
        for (Iterator<Watch> all = round.iterator(); all.hasNext(); ) {
            Watch watch = all.next();
            long call = watch.callNow();
            Thread inside = watch.threadInside();
            if ((call & 1) == 0 || inside == null) {
                if (isGone(watch, call, now)) {
                    watch.seen.listed = false;
                    all.remove();
                }
            } else {
                look(watch, call, inside, now);
            }
            pause = Math.min(pause, watch.intervalNanos());
        }
        return Math.max(pause, SHORTEST_ROUND);
    }

    /** Returns whether an instance that is not in a call leaves the rounds until it is entered again. */
    private static boolean isGone(Watch watch, long call, long now) {
        Watch.Seen seen = watch.seen;
        if (call != seen.call) {
            seen.call = call;
            seen.idleSince = now;
            stay(watch);
            return false;
        }
        if (seen.leaving) {
            return true;
        }
        if (now - seen.idleSince > PATIENCE) {
            // A thread that enters from now on wakes this one. A thread that entered in this very moment may not have
            // seen that; a
            // round
            // later, which is ages for a processor, the number tells.
            seen.leaving = true;
            watch.setWatched(false);
        }
        return false;
    }

    private static void stay(Watch watch) {
        if (watch.seen.leaving) {
            watch.seen.leaving = false;
            watch.setWatched(true);
        }
    }

    private void look(Watch watch, long call, Thread inside, long now) {
        Watch.Seen seen = watch.seen;
        if (call != seen.call) {
            stay(watch);
            seen.call = call;
            seen.since = now;
            seen.cpu = watch.cpuTimeOf(inside);
            return;
        }
        if (seen.struckCall == call) {
            if (now - seen.struckAt >= STRIKE_AGAIN) {
                seen.struckAt = now;
                watch.strikeAgain(call, inside);
            }
            return;
        }
        long wall = now - seen.since;
        long cpu = watch.cpuTimeOf(inside) - seen.cpu;
        Kind late = watch.late(wall, cpu);
        if (late != null) {
            strike(watch, call, inside, late, late == Kind.CPU_TIME ? cpu : wall);
            seen.struckCall = call;
            seen.struckAt = now;
        }
    }

    private void strike(Watch watch, long call, Thread inside, Kind kind, long taken) {
        watch.prepareToStrike();
        // To walk a thread's stack the JVM stops it between two instructions of ours. After this it either has left,
        // and we
        // see that, or it will see that it has to come to the lock before it leaves: as in Gate.
        inside.getStackTrace();
        watch.strike(call, inside, kind, taken, isInterruptedByUs(inside));
    }

    /** Returns whether another instance that the same thread is in was stopped. */
    private boolean isInterruptedByUs(Thread inside) {
        for (Watch other : round) {
            if (other.hasInterrupted(inside)) {
                return true;
            }
        }
        return false;
    }
}
