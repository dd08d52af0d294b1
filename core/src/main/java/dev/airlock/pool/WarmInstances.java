package dev.airlock.pool;

import java.util.function.Supplier;

/**
 * Creates the instances of a pool. If they are put back after each call, all of them start from one snapshot, which was taken of a
 * first instance after its warm-up; if they keep their state, each is warmed up itself. Thread-safe.
 */
final class WarmInstances {
    private final Source source;
    private final PoolOptions options;
    private final Supplier<Pooled> maker;

    WarmInstances(Source source, PoolOptions options) {
        this.source = source;
        this.options = options;
        this.maker = options.keepsState() ? this::warm : capture();
    }

    private Supplier<Pooled> capture() {
        Pooled first = warm();
        try {
            return first.capture();
        } finally {
            first.close();
        }
    }

    private Pooled warm() {
        Pooled made = source.create();
        try {
            options.warmUp(made);
            return made;
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    /** Returns a new instance, ready for a call. */
    Pooled create() {
        return maker.get();
    }
}
