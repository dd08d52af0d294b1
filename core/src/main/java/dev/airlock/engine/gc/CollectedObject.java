package dev.airlock.engine.gc;

import dev.airlock.engine.validate.DefinedType;

/** A struct or an array (core specification, section 4.2.13 and 4.2.14). It knows its type, for casts. */
public abstract class CollectedObject {
    /** Header and {@link #type}, as {@link dev.airlock.limit.CollectedHeap} counts them. */
    static final int BYTES = 20;

    /** What a reference takes in heaps over 32 GiB. */
    static final int REFERENCE_BYTES = 8;

    public final DefinedType type;

    protected CollectedObject(DefinedType type) {
        this.type = type;
    }
}
