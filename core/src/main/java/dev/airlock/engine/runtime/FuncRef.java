package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A function with its instance: what a {@code funcref} is, wherever it travels (core specification, section 4.2.6). A function
 * of an instance has one of these at most, so references to it are equal.
 */
public class FuncRef {
    /** The instance that defines the function; null for a host function. */
    public final @Nullable InstanceState owner;

    /** The number of the function among those of its module that can be referenced, by which tables call it; else 0. */
    public final int slot;

    /** Its index in its module; -1 for a host function. */
    public final int index;

    public final DefinedType type;

    /** {@code (P..., FuncRef self, InstanceState caller) -> R}, with the carriers of the type; made when first needed. */
    private @Nullable MethodHandle handle;

    protected FuncRef(@Nullable InstanceState owner, int slot, int index, DefinedType type) {
        this.owner = owner;
        this.slot = slot;
        this.index = index;
        this.type = type;
    }

    /** Returns the handle by which code that does not know the function calls it. */
    public final MethodHandle handle() {
        MethodHandle known = handle;
        if (known == null) {
            known = link();
            handle = known;
        }
        return known;
    }

    /** Makes the handle. Functions of the host, which have no owner, make their own. */
    protected MethodHandle link() {
        if (owner == null) {
            throw new IllegalStateException("a host function without code: " + this);
        }
        return owner.instance.handleOf(index);
    }

    /** Returns the slot of a function if it is one of this instance, else 0; traps if there is none. */
    public static int slotIn(@Nullable Object reference, InstanceState instance) {
        if (reference instanceof FuncRef function) {
            return function.owner == instance ? function.slot : 0;
        }
        throw new GuestTrap(TrapCode.NULL_REFERENCE, "null function reference");
    }
}
