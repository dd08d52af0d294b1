package dev.airlock.component.binary;

import dev.airlock.type.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * {@code valtype}: a primitive, or the index of a type.
 *
 * @param primitive null where there is an index
 */
public record ValTypeRef(@Nullable PrimitiveType primitive, int index) {
    /** A type, by its index. */
    static ValTypeRef to(int index) {
        return new ValTypeRef(null, index);
    }

    /** A type that needs no index. */
    static ValTypeRef to(PrimitiveType primitive) {
        return new ValTypeRef(primitive, -1);
    }
}
