package dev.airlock.engine;

import dev.airlock.type.CoreValType;
import dev.airlock.type.HeapType;

/**
 * A reference of a guest that is neither to a function nor to an exception (core specification, section 4.2.3, the hierarchy of
 * {@code any}): what Java gets for {@code anyref}, {@code eqref} and types below them. Null is null.
 *
 * <pre>{@code
 * Ref shape = (Ref) instance.function("make").invoke(3).get(0);
 * if (shape instanceof StructRef struct) {
 *   System.out.println(struct.get(0));
 * }
 * }</pre>
 *
 * <p>Two references are equal if they are one reference to guests: the same struct or array, small integers of one value, or the
 * same object of the host.
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
