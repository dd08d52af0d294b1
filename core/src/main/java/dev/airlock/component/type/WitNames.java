package dev.airlock.component.type;

import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.NamedType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which type is called what, and in which interface. A type that an interface takes from another is equal to that one, and
 * so are many that have nothing to do with each other: what tells them apart is that the former were made of the same
 * parts.
 */
public final class WitNames {
    private final Map<Object, String> names = new IdentityHashMap<>();

    /** What a type has in common with those that were made of it by a new name, or null for a primitive. */
    public static @Nullable Object identity(DefinedType type) {
        if (type instanceof DefinedType.Resource resource) {
            return resource.type().owner();
        }
        return type instanceof DefinedType.Value value ? identity(value.type()) : null;
    }

    private static @Nullable Object identity(ValType type) {
        if (type instanceof RecordType record) {
            return record.fields();
        }
        if (type instanceof VariantType variant) {
            return variant.cases();
        }
        if (type instanceof EnumType enumeration) {
            return enumeration.cases();
        }
        if (type instanceof FlagsType flags) {
            return flags.flags();
        }
        return type instanceof PrimitiveType ? null : type;
    }

    /** Gives a type a name, unless it has one. */
    public void add(DefinedType type, String name) {
        Object identity = identity(type);
        if (identity != null) {
            names.putIfAbsent(identity, name);
        }
    }

    @Nullable
    public String of(DefinedType type) {
        Object identity = identity(type);
        return identity == null ? null : names.get(identity);
    }

    public String of(NamedType type) {
        String name = of(new DefinedType.Value(type));
        return name == null ? type.toString() : name;
    }

    public String of(ResourceType type) {
        String name = of(new DefinedType.Resource(type));
        return name == null ? type.name() : name;
    }
}
