package dev.airlock.engine;

import dev.airlock.type.CoreValType;
import dev.airlock.type.HeapType;

/**
 * A reference of a guest that is neither to a function nor to an exception (core specification, section 4.2.3, the hierarchy of
 * {@code any}): what Java gets for {@code anyref}, {@code eqref} and types below them. Null is null.
 *
 * <pre>{@code
 * Object made = instance.function("make").invoke(3).get(0);
 * if (made instanceof StructRef point) {
 *   int x = (Integer) point.get(0);
 *   point.set(0, x + 1); // the guest sees it
 *   instance.function("draw").invoke(point);
 * }
 * }</pre>
 *
 * <p>Two references are equal if they are one reference to guests: the same struct or array, small integers of one value, or the
 * same object of the host.
 *
 * <p>Hosts keep references as long as they like; nothing has to be closed, and what is referred to may outlive its instance. It
 * may be given to other instances too: types are compared by what they say (core specification, section 3.3), not by the module
 * that defines them. It counts for the limit {@link dev.airlock.limit.Limits#collectedBytes} of the instance that made it,
 * even if others keep it. As all of an instance, it is for one thread at a time.
 */
public abstract sealed class Ref permits StructRef, ArrayRef, I31, ExternRef {
    Ref() {}

    /** {@return the most precise type that the reference has} */
    public abstract HeapType heapType();

    /**
     * Returns whether the reference is a value of a type, as {@code ref.test} does.
     *
     * @param type a type of references
     * @return whether it is
     */
    public final boolean is(CoreValType type) {
        return type.isReference() && heapType().isSubtypeOf(type.heapType());
    }

    /** Returns the object that guests know. */
    abstract Object raw();
}
