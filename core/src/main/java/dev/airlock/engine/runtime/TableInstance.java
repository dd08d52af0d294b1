package dev.airlock.engine.runtime;

import org.jspecify.annotations.Nullable;

/** A table (core specification, section 4.2.7). See the contract of call_indirect in {@link FuncRef#slot}. */
public final class TableInstance {
    /** For each element the slot of a function of {@link #home}, else 0. As long as the table; may be shared with an image. */
    public int[] slots = {};

    /** The instance whose functions the slots number. */
    public @Nullable InstanceState home;

    /** All elements that are no function of {@link #home}, and those of it that were read; null while there is none. */
    public @Nullable Object @Nullable [] refs;
}
