package dev.airlock.engine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * An exception of a guest (core specification, section 4.2.11), which is also what an {@code exnref} refers to: throwing it
 * again throws the same object.
 */
public final class WasmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public final transient TagInstance tag;

    /** The numbers among its values, in order; floats as raw bits, a vector as two. */
    public final transient long[] n;

    /** The references among its values, in order. */
    public final transient @Nullable Object[] r;

    public WasmException(TagInstance tag, long[] n, @Nullable Object[] r) {
        super("uncaught exception");
        this.tag = tag;
        this.n = n;
        this.r = r;
    }
}
