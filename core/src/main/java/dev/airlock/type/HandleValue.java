package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value that refers to something live, which neither text nor a copy can represent: a resource (owned or borrowed), a
 * future, a stream, an error context. Two are equal if they refer to the same target.
 *
 * @param type an {@link OwnType}, {@link BorrowType}, {@link FutureType}, {@link StreamType}, or {@link
 *     PrimitiveType#ERROR_CONTEXT}
 * @param target the referenced object, such as a {@link GuestResource}
 */
public record HandleValue(ValType type, Object target) implements Value {
    /**
     * Checks that the type is one of handles.
     *
     * @param type see the record
     * @param target see the record
     */
    public HandleValue {
        if (!(type instanceof OwnType
                || type instanceof BorrowType
                || type instanceof FutureType
                || type instanceof StreamType
                || type == PrimitiveType.ERROR_CONTEXT)) {
            throw ValuePath.root().refuse("takes " + Fit.brief(type) + ", got a handle");
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitHandle(this);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The thing itself, not one like it.
    public boolean equals(@Nullable Object other) {
        return other instanceof HandleValue that && type.equals(that.type) && target == that.target;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(target);
    }
}
