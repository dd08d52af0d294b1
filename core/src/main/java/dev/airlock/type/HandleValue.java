package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value that stands for something live, which no text and no copy can stand for: a resource (owned or borrowed), a
 * future, a stream, an error context. Two are equal when they stand for the very same thing.
 *
 * @param type an {@link OwnType}, {@link BorrowType}, {@link FutureType}, {@link StreamType}, or
 *     {@link PrimitiveType#ERROR_CONTEXT}
 * @param target the thing, whatever the room that runs components takes it to be
 */
public record HandleValue(ValType type, Object target) implements Value {
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
