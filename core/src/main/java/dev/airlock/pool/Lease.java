package dev.airlock.pool;

import dev.airlock.limit.CallOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An instance of a pool, and what was bound to it: lent to one thread at a time. */
final class Lease {
    private static final VarHandle CALLS;
    private static final VarHandle RESETS;

    static {
        try {
            CALLS = MethodHandles.lookup().findVarHandle(Lease.class, "calls", long.class);
            RESETS = MethodHandles.lookup().findVarHandle(Lease.class, "resets", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Pool pool;
    private @Nullable Pooled instance;
    private final List<PooledInterface> interfaces;
    private @Nullable Object[] bound = {};
    private CallOptions options = CallOptions.defaults();

    // Written by the thread that holds the lease, read by threads that ask for figures.
    private long calls;
    private long resets;

    /**
     * Reserves one instance, which is created later.
     *
     * @param interfaces those of the pool; more may be added later
     */
    Lease(Pool pool, List<PooledInterface> interfaces) {
        this.pool = pool;
        this.interfaces = interfaces;
    }

    boolean isEmpty() {
        return instance == null;
    }

    void fill(Pooled made) {
        instance = made;
    }

    /** Returns whether these options apply already. */
    boolean heeds(CallOptions wanted) {
        return options == wanted || options.equals(wanted);
    }

    /** Applies these options to the calls from now on. */
    void heed(CallOptions wanted) {
        instance().heed(wanted);
        options = wanted;
    }

    /** Returns the instance as one of the pool's interfaces. */
    Object bound(int type) {
        Object known = type < bound.length ? bound[type] : null;
        return known == null ? bind(type) : known;
    }

    private Object bind(int type) {
        Object made = instance().bindCompleting(interfaces.get(type).type());
        if (type >= bound.length) {
            bound = Arrays.copyOf(bound, type + 1);
        }
        bound[type] = made;
        return made;
    }

    Pooled instance() {
        return Objects.requireNonNull(instance, "no instance yet");
    }

    long calls() {
        return (long) CALLS.getOpaque(this);
    }

    long resets() {
        return (long) RESETS.getOpaque(this);
    }

    void lent() {
        CALLS.setOpaque(this, calls + 1);
    }

    void reset() {
        instance().reset();
        RESETS.setOpaque(this, resets + 1);
    }
}
