package dev.airlock.engine.runtime;

import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import java.util.Arrays;
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

    /** Makes what {@code throw} throws. */
    public static WasmException make(int tag, InstanceState instance, long[] n, @Nullable Object[] r) {
        return new WasmException(instance.tags[tag], n, r);
    }

    /** Makes it of values in the spill. */
    public static WasmException ofSpill(int tag, InstanceState instance, int numbers, int references) {
        long[] n = Arrays.copyOf(instance.spill.n, numbers);
        return make(tag, instance, n, Arrays.copyOf(instance.spill.r, references));
    }

    /** Returns what {@code throw_ref} throws again. */
    public static WasmException thrown(@Nullable Object reference) {
        if (reference instanceof WasmException exception) {
            return exception;
        }
        throw new GuestTrap(TrapCode.NULL_REFERENCE, "null exception reference");
    }
}
