package dev.airlock.component.binary;

import dev.airlock.type.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * {@code valtype}: a primitive, or the index of a type.
 *
 * @param primitive null if the type has an index
 */
public record ValTypeRef(@Nullable PrimitiveType primitive, int index) {
    /** Returns a reference to the type at an index. */
    static ValTypeRef to(int index) {
        return new ValTypeRef(null, index);
    }

    /** Returns a reference to a primitive type, which needs no index. */
    static ValTypeRef to(PrimitiveType primitive) {
        return new ValTypeRef(primitive, -1);
    }
}
