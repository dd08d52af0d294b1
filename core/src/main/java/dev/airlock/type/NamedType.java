package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A type that WIT declares before it uses it, and so by name.
 *
 * <p>The name is for printing and for errors. It takes no part in equality, and a type that comes from elsewhere, as
 * from a component's binary, may have none.
 */
public sealed interface NamedType extends ValType permits RecordType, VariantType, EnumType, FlagsType {
    /** The name it was declared by, a label, or null. */
    @Nullable
    String name();
}
