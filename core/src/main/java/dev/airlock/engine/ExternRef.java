package dev.airlock.engine;

import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.HeapType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of the host as a value of type {@code anyref}: what a guest's {@code any.convert_extern} makes of it (core
 * specification, section 4.2.3). Values of type {@code externref} are the objects themselves.
 */
public final class ExternRef extends Ref {
    private final Object value;

    private ExternRef(Object value) {
        this.value = value;
    }

    /**
     * Returns an object as a reference that guests can keep where they expect {@code anyref}.
     *
     * @param value any object that is no {@link Ref} itself
     * @return the reference
     * @throws IllegalArgumentException if the object is a {@link Ref}, which needs no other
     */
    public static ExternRef of(Object value) {
        if (Objects.requireNonNull(value, "value") instanceof Ref) {
            throw new IllegalArgumentException("a reference already: " + value);
        }
        return new ExternRef(value);
    }

    /** {@return the object} */
    public Object value() {
        return value;
    }

    @Override
    public HeapType heapType() {
        return AbstractHeapType.ANY;
    }

    @Override
    Object raw() {
        return value;
    }

    /** Equal if both are the same object, not if the objects are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExternRef reference && reference.value == value;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value);
    }

    @Override
    public String toString() {
        return "extern " + value;
    }
}
