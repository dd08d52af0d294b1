package dev.airlock.engine;

import dev.airlock.error.InstanceStateException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into an instance, as often as it nests, and none once the instance is done for.
 *
 * <p>It does not wait: a thread that finds another inside has a mistake to mend, or wants an instance of its own.
 */
final class Gate {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(Gate.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String module;

    private volatile @Nullable Thread owner;

    // Both are guarded by ownership.
    private int depth;
    private @Nullable String shut;

    Gate(String module) {
        this.module = module;
    }

    /**
     * Enters.
     *
     * @return what to give to {@link #exit}: how deep the thread was in already. An absolute number, so that a stack
     *     overflow between an inner entry and its exit cannot leave the gate ajar.
     */
    int enter() {
        Thread current = Thread.currentThread();
        if (owner != current) {
            Thread other = (Thread) OWNER.compareAndExchange(this, (Thread) null, current);
            if (other != null) {
                throw new InstanceStateException("thread \"" + current.getName() + "\" cannot enter an instance of "
                        + module + " while thread \"" + other.getName()
                        + "\" is in it: an instance belongs to one thread at a time");
            }
        }
        int before = depth;
        if (shut != null) {
            if (before == 0) {
                OWNER.setRelease(this, (Thread) null);
            }
            throw new InstanceStateException("this instance of " + module + " cannot be entered: " + shut);
        }
        depth = before + 1;
        return before;
    }

    void exit(int before) {
        depth = before;
        if (before == 0) {
            OWNER.setRelease(this, (Thread) null);
        }
    }

    /** Lets nobody in any more. The first reason stands. Only for the thread inside. */
    void shut(String reason) {
        if (shut == null) {
            shut = reason;
        }
    }

    /** Closes from outside: fails while another thread is in, or while this one is. */
    void close(String reason) {
        Thread current = Thread.currentThread();
        Thread other = (Thread) OWNER.compareAndExchange(this, (Thread) null, current);
        if (other != null) {
            throw new InstanceStateException(
                    "an instance of " + module + " cannot be closed while thread \"" + other.getName() + "\" is in it");
        }
        shut(reason);
        OWNER.setRelease(this, (Thread) null);
    }
}
