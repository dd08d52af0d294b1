package dev.airlock.engine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The locals of one call of a function that is made of parts and has many locals. Each part takes from here those that it
 * uses, and leaves here those that it has set.
 */
public final class PartLocals {
    /** Numbers, as raw bits; a vector is two of them. */
    public final long[] n;

    public final @Nullable Object[] r;

    /** Makes locals that are zero or null. */
    public PartLocals(int numbers, int references) {
        n = new long[numbers];
        r = new Object[references];
    }
}
