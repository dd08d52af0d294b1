package dev.airlock.wit;

import dev.airlock.error.SignatureException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.NamedType;
import dev.airlock.type.OwnType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects everything that a text has to declare, and finds names for types that have none. */
final class Declarations {
    private final Map<String, ValType> types;
    private final Map<String, ResourceType> resources;
    private final Map<Key, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<ValType, Boolean> seen = new IdentityHashMap<>();

    /**
     * Types of equal structure and different names are declared separately, so equality of types alone is not enough.
     */
    private record Key(@Nullable String name, ValType type) {
        static Key of(NamedType type) {
            return new Key(type.name(), type);
        }
    }

    Declarations(Map<String, ValType> types, Map<String, ResourceType> resources) {
        this.types = new LinkedHashMap<>(types);
        this.resources = new LinkedHashMap<>(resources);
        taken.addAll(types.keySet());
        types.forEach((name, type) -> {
            if (type instanceof NamedType named
                    && (named.name() == null || named.name().equals(name))) {
                names.putIfAbsent(Key.of(named), name);
            }
        });
        types.values().forEach(this::add);
    }

    Map<String, ValType> types() {
        return Collections.unmodifiableMap(types);
    }

    Map<String, ResourceType> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** Returns the name under which the type is declared. */
    String nameOf(NamedType type) {
        String name = names.get(Key.of(type));
        if (name == null) {
            throw new IllegalStateException("not declared: " + type);
        }
        return name;
    }

    void add(FuncType function) {
        function.params().forEach(param -> add(param.type()));
        if (function.result() != null) {
            add(function.result());
        }
    }

    private void add(ValType type) {
        // Types share their parts, so a part may occur in a great many places.
        if (seen.put(type, true) != null) {
            return;
        }
        if (type instanceof OwnType own) {
            add(own.resource());
        } else if (type instanceof BorrowType borrow) {
            add(borrow.resource());
        }
        String name = null;
        if (type instanceof NamedType named && !names.containsKey(Key.of(named))) {
            name = freeName(named);
            names.put(Key.of(named), name);
        }
        type.parts().forEach(this::add);
        if (name != null) {
            types.put(name, type);
        }
    }

    private void add(ResourceType resource) {
        ResourceType before = resources.putIfAbsent(resource.name(), resource);
        if ((before != null && !before.equals(resource)) || types.containsKey(resource.name())) {
            throw new SignatureException("two types have the name \"" + resource.name() + "\", one of them a resource");
        }
    }

    private String freeName(NamedType type) {
        String wanted = type.name();
        if (wanted != null && take(wanted)) {
            return wanted;
        }
        String stem = wanted == null ? kind(type) : wanted;
        String name;
        do {
            name = stem + "-" + numbers.merge(stem, 1, Integer::sum);
        } while (!take(name));
        return name;
    }

    private boolean take(String name) {
        return !resources.containsKey(name) && taken.add(name);
    }

    private static String kind(NamedType type) {
        if (type instanceof RecordType) {
            return "record";
        }
        if (type instanceof VariantType) {
            return "variant";
        }
        if (type instanceof EnumType) {
            return "enum";
        }
        return type instanceof FlagsType ? "flags" : "type";
    }
}
