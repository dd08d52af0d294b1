package dev.airlock.engine.validate;

import org.jspecify.annotations.Nullable;

/**
 * A defined type in canonical form (core specification, section 3.1.1 and 3.3.5): two types of any modules are the same type
 * if and only if they are the same object. Comparing costs nothing, and a subtype is found in a display of the supertypes.
 */
public interface DefinedType {
    /** What kind of composite type this is. */
    enum Kind {
        FUNC,
        STRUCT,
        ARRAY
    }

    Kind kind();

    boolean isFinal();

    @Nullable
    DefinedType supertype();

    /** Returns whether this is the other type or a subtype of it, in constant time. */
    boolean isSubtypeOf(DefinedType other);

    /**
     * Returns the parameters of a function, or the fields of a struct, or the one field of an array.
     *
     * <p>A concrete heap type stands in {@link FieldType#defined()}.
     */
    FieldType[] first();

    /** Returns the results of a function. */
    FieldType[] results();

    /** A number that no other type has while both exist. */
    long id();

    /**
     * A value type without a module around it.
     *
     * @param code a code of {@code ValueTypes}; for a reference to a concrete type, with heap type 0
     * @param defined the concrete type; null for all others
     * @param mutable of fields only
     */
    record FieldType(int code, @Nullable DefinedType defined, boolean mutable) {}
}
