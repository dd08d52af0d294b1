package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A type that WIT declares by name before it is used.
 *
 * <p>The name is used for printing and in errors only, and not for equality. A type from another source, such as a
 * component's binary, may have none.
 */
public sealed interface NamedType extends ValType permits RecordType, VariantType, EnumType, FlagsType {
    /** {@return the declared name, a label, or null} */
    @Nullable
    String name();
}
