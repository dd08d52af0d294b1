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
 * The names of types, and the interfaces that they come from. A type that an interface takes from another is equal to the
 * original, but so are many unrelated types. Related types are made of the same part objects; that tells them apart.
 */
public final class WitNames {
    private final Map<Object, String> names = new IdentityHashMap<>();

    /** Returns the object that a type shares with those made from it under a new name, or null for a primitive. */
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

    /** Names a type, unless it has a name. */
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
