package dev.airlock.engine;

import dev.airlock.engine.runtime.Spill;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.limit.Watch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into an instance, as often as it nests, and none once the instance is done for.
 *
 * <p>It does not wait: a thread that finds another inside has a mistake to mend, or wants an instance of its own.
 *
 * <p>To take turns by an atomic instruction would cost more than a small guest function does, and most instances only
 * ever see one thread. So the first thread to enter stays the owner, and comes and goes by plain writes. When a second
 * thread comes, the gate has the first one stopped for a moment, at a point where all its writes are done and seen, to
 * learn whether it is inside. If not, the ownership is revoked for good: from then on each entry from outside is one
 * compare-and-set. See docs/RATIONALE.md.
 */
final class Gate {
    private static final VarHandle OWNER;
    private static final VarHandle DEPTH;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(Gate.class, "owner", Thread.class);
            DEPTH = MethodHandles.lookup().findVarHandle(Gate.class, "depth", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String module;
    private final int maximumDepth;

    private final Limits limits;

    /** Null if no limit is set that is counted by the call. Set by the constructor, or while no thread is inside. */
    private @Nullable Watch watch;

    /** How many operators a call may execute, and where they are counted; null if that is not limited. */
    private @Nullable Spill counted;

    /** Who may enter without asking; once revoked, who is inside. */
    private volatile @Nullable Thread owner;

    private volatile boolean revoked;

    /** How often the owner is inside. Only the owner writes it. */
    private int depth;

    /** Why no thread may enter; null while threads may. */
    private volatile @Nullable Shut shut;

    /** Closes what this is the gate of, and leads there: a reference to the gate keeps all of it alive. */
    private @Nullable Runnable closing;

    /** @param cause the failure that was the end of it; null where there was none */
    private record Shut(String reason, @Nullable Throwable cause) {}

    /** Whether anything but counting is to be done on entry: one number, so that one check is enough. */
    private volatile int mode;

    private static final int OPEN = 0;
    private static final int WATCHED = 1;
    private static final int SHUT = 2;

    /** The same for the way out. It turns true only while no thread is inside. */
    private volatile boolean leavesSlowly;

    Gate(String module, Limits limits) {
        this.module = module;
        this.maximumDepth = limits.callDepth();
        this.limits = limits;
        this.watch = Watch.by(limits);
        this.mode = watch == null ? OPEN : WATCHED;
        this.leavesSlowly = watch != null;
    }

    /**
     * Has each call from outside begin with all the fuel that the limits allow. To be called before any thread enters.
     *
     * @param spill where code counts it
     */
    void fuels(Spill spill) {
        counted = spill;
        mode = WATCHED;
    }

    /** @param close closes what this is the gate of */
    void isOf(Runnable close) {
        closing = close;
    }

    /** @throws InstanceStateException if a thread is in it */
    void closeHolder() {
        Objects.requireNonNull(closing, "the gate of nothing").run();
    }

    /** What watches over calls; null where nothing does. */
    @Nullable
    Watch watch() {
        return watch;
    }

    /**
     * Enters.
     *
     * @return what to give to {@link #exit}: how deep the thread was in already. An absolute number, so that a stack
     *     overflow between an inner entry and its exit cannot leave the gate ajar.
     */
    int enter() {
        Thread current = Thread.currentThread();
        int now = mode;
        if (owner == current && now != SHUT) {
            int before = depth;
            DEPTH.setOpaque(this, before + 1);
            // Only now is it sure that a thread that revokes sees this one inside: it takes the ownership first and
            // looks then.
            if (owner == current) {
                if (now != OPEN || before >= maximumDepth) {
                    begin(before, current);
                }
                return before;
            }
            DEPTH.setOpaque(this, before);
        }
        return enterSlowly(current);
    }

    /**
     * Leaves.
     *
     * @throws LimitException if the call was stopped, and {@link #stopped} has not been asked about it
     */
    void exit(int before) {
        if (!leavesSlowly) {
            DEPTH.setOpaque(this, before);
        } else if (watch == null) {
            release(before);
        } else {
            exitWatched(watch, before);
        }
    }

    /**
     * Has options hold for the calls from outside from now on.
     *
     * @throws InstanceStateException if a thread is in it, this one too, or it can no longer be entered
     */
    void heed(CallOptions options) {
        if (watch == null && options.timeout() == null) {
            return;
        }
        int before = acquire(Thread.currentThread(), false);
        try {
            checkAlone("given other options", before);
            checkNotShut();
            if (watch == null) {
                watch = new Watch(limits);
                leavesSlowly = true;
                mode = WATCHED;
            }
            watch.heed(options);
        } finally {
            // Not by exit: no call has begun.
            release(before);
        }
    }

    /** Returns whether a call has a limit of wall-clock time. Only for the thread inside. */
    boolean isTimed() {
        return watch != null && watch.isTimed();
    }

    /**
     * Does something while no other thread can be inside, and this thread is not inside already.
     *
     * @param what is done to the instance, for errors: captured
     * @throws InstanceStateException if a thread is in it, this one too, or no thread can enter again
     */
    <T> T alone(String what, Supplier<T> action) {
        int before = enter();
        try {
            checkAlone(what, before);
            return action.get();
        } finally {
            exit(before);
        }
    }

    private void checkAlone(String what, int before) {
        if (before > 0) {
            throw new InstanceStateException("an instance of " + module + " cannot be " + what + " while thread \""
                    + Thread.currentThread().getName() + "\" is in it");
        }
    }

    /** Does what leaves nothing that could be used where it fails. Only for the thread inside. */
    <T> T orShut(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException | Error e) {
            shut("it could not be " + what + ": " + e, e);
            throw e;
        }
    }

    private void release(int before) {
        DEPTH.setOpaque(this, before);
        if (before == 0 && revoked) {
            OWNER.setRelease(this, (Thread) null);
        }
    }

    private void begin(int before, Thread current) {
        if (before != 0) {
            if (before >= maximumDepth) {
                release(before);
                throw new LimitException(
                        LimitException.Kind.CALL_DEPTH,
                        "calls into a guest within calls into it",
                        maximumDepth,
                        before + 1L);
            }
        } else {
            if (counted != null) {
                counted.refuel(limits.fuel());
            }
            if (watch != null) {
                beginWatched(watch, current);
            }
        }
    }

    private void beginWatched(Watch watch, Thread current) {
        try {
            watch.begin(current);
        } catch (RuntimeException | Error e) {
            release(0);
            throw e;
        }
    }

    private void exitWatched(Watch watch, int before) {
        // Before the ownership is given up: the next thread begins a call of its own.
        LimitException late = before == 0 ? watch.end() : watch.endInner();
        if (late != null) {
            shut("it was cut off before: " + late.getMessage(), late);
        }
        release(before);
        if (late != null) {
            throw late;
        }
    }

    /** What stopped the call that this thread is in, if anything did; for the code that then throws it. */
    Watch.@Nullable Stop stopped() {
        return watch == null ? null : watch.stopped();
    }

    private int enterSlowly(Thread current) {
        int before = acquire(current, false);
        try {
            checkNotShut();
        } catch (InstanceStateException e) {
            release(before);
            throw e;
        }
        begin(before, current);
        return before;
    }

    private void checkNotShut() {
        Shut closed = shut;
        if (closed != null) {
            throw new InstanceStateException(
                    "this instance of " + module + " cannot be entered: " + closed.reason(), closed.cause());
        }
    }

    private int acquire(Thread current, boolean toClose) {
        if (!revoked) {
            synchronized (this) {
                if (!revoked && owner != current && owner != null) {
                    revoke(owner, current, toClose);
                }
                if (!revoked) {
                    owner = current;
                    int before = depth;
                    DEPTH.setOpaque(this, before + 1);
                    return before;
                }
            }
        }
        if (owner != current) {
            Thread other = (Thread) OWNER.compareAndExchange(this, (Thread) null, current);
            if (other != null) {
                throw refusal(current, other, toClose);
            }
        }
        int before = depth;
        DEPTH.setOpaque(this, before + 1);
        return before;
    }

    private void revoke(Thread first, Thread current, boolean toClose) {
        owner = null;
        // To walk a thread's stack the JVM stops it between two instructions of ours: after this, it either has seen
        // that it is the owner no more, or we see that it is inside. Then it waits for us where it asks again.
        if (first.isAlive()) {
            first.getStackTrace();
        }
        if ((int) DEPTH.getVolatile(this) != 0) {
            owner = first;
            throw refusal(current, first, toClose);
        }
        leavesSlowly = true;
        revoked = true;
    }

    private InstanceStateException refusal(Thread current, Thread other, boolean toClose) {
        if (toClose) {
            return new InstanceStateException(
                    "an instance of " + module + " cannot be closed while thread \"" + other.getName() + "\" is in it");
        }
        return new InstanceStateException("thread \"" + current.getName() + "\" cannot enter an instance of " + module
                + " while thread \"" + other.getName()
                + "\" is in it: an instance belongs to one thread at a time; for several threads make a pool,"
                + " by guest.pooled(…)");
    }

    /**
     * Lets no thread in from now on. The first reason stands. Only for the thread inside.
     *
     * @param cause the failure that was the end of it; null where there was none
     */
    void shut(String reason, @Nullable Throwable cause) {
        if (shut == null) {
            shut = new Shut(reason, cause);
            mode = SHUT;
        }
    }

    boolean isShut() {
        return shut != null;
    }

    /** Closes from outside: fails while another thread is in, or while this one is. */
    void close(String reason) {
        Thread current = Thread.currentThread();
        int before = acquire(current, true);
        if (before > 0) {
            release(before);
            throw refusal(current, current, true);
        }
        shut(reason, null);
        release(0);
    }
}
