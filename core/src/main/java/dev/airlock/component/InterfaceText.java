package dev.airlock.component;

import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.InstanceType;
import dev.airlock.component.type.WitLines;
import dev.airlock.component.type.WitNames;
import dev.airlock.type.FuncType;
import dev.airlock.type.NamedType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.WitTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the items of an interface, or those of a world that are in no interface. */
final class InterfaceText {
    private final ExternName.@Nullable Interface path;
    private final Map<Object, Origin> origins;
    private final Map<String, ComponentExternType> items = new LinkedHashMap<>();
    private final WitNames names = new WitNames();
    private final WitTypes types = new WitTypes(names::of, names::of);

    /**
     * Where a type was declared first.
     *
     * @param path the interface, or null for the world itself, whose types cannot be named by {@code use}
     */
    record Origin(ExternName.@Nullable Interface path, String name) {}

    /**
     * Makes an interface without items.
     *
     * @param path its name, or null if it has none
     * @param origins where the types of all interfaces come from, by {@link WitNames#identity}; this interface adds its own
     */
    InterfaceText(ExternName.@Nullable Interface path, Map<Object, Origin> origins) {
        this.path = path;
        this.origins = origins;
    }

    /** Returns the package of an interface: {@code wasi:io@0.2.0}. */
    static String packageOf(ExternName.Interface path) {
        return path.namespace() + ":" + path.packageName() + (path.version() == null ? "" : "@" + path.version());
    }

    void add(InstanceType type) {
        type.exports().forEach(this::add);
    }

    void add(String name, ComponentExternType type) {
        if (type instanceof ComponentExternType.Type exported) {
            names.add(exported.type(), name);
            Object identity = WitNames.identity(exported.type());
            if (path != null && identity != null) {
                origins.putIfAbsent(identity, new Origin(path, name));
            }
        }
        items.putIfAbsent(name, type);
    }

    void print(WitLines out) {
        print(out, "");
    }

    /**
     * Prints the interface inline in a world.
     *
     * @param direction {@code "import"} or {@code "export"}
     */
    void printInWorld(WitLines out, String direction) {
        print(out, direction + " ");
    }

    private void print(WitLines out, String before) {
        printTypes(out);
        items.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Func func) {
                if (ExternName.known(name) instanceof ExternName.Plain) {
                    out.line(before + WitTypes.label(name) + ": " + types.function(func.type()) + ";");
                }
            } else if (!(type instanceof ComponentExternType.Type)) {
                out.line("// " + before + name + ": " + type.sort());
            }
        });
    }

    private void printTypes(WitLines out) {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        items.forEach((name, type) -> {
            Origin origin = type instanceof ComponentExternType.Type exported ? originOf(exported.type()) : null;
            if (origin != null && origin.path() != null) {
                uses.computeIfAbsent(pathOf(origin.path()), p -> new ArrayList<>())
                        .add(use(origin, name));
            }
        });
        uses.forEach((from, used) -> out.line("use " + from + ".{" + String.join(", ", used) + "};"));
        items.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Type exported && originOf(exported.type()) == null) {
                printType(out, name, exported.type());
            }
        });
    }

    private static String use(Origin origin, String name) {
        return origin.name().equals(name)
                ? WitTypes.label(name)
                : WitTypes.label(origin.name()) + " as " + WitTypes.label(name);
    }

    /** Returns where a type comes from if that is another interface; otherwise null. */
    private @Nullable Origin originOf(DefinedType type) {
        Object identity = WitNames.identity(type);
        Origin origin = identity == null ? null : origins.get(identity);
        if (origin == null || origin.path() == null) {
            return null;
        }
        return path != null && path.text().equals(origin.path().text()) ? null : origin;
    }

    private String pathOf(ExternName.Interface from) {
        return path != null && packageOf(from).equals(packageOf(path)) ? WitTypes.label(from.label()) : from.text();
    }

    private void printType(WitLines out, String name, DefinedType type) {
        String before = names.of(type);
        if (before != null && !before.equals(name)) {
            out.line("type " + WitTypes.label(name) + " = " + WitTypes.label(before) + ";");
        } else if (type instanceof DefinedType.Resource resource) {
            printResource(out, name, resource.type());
        } else if (type instanceof DefinedType.Value value) {
            ValType held = value.type();
            out.line(held instanceof NamedType named ? types.declare(name, named) : types.alias(name, held));
        } else {
            out.line("// type " + name + ": " + type.kind());
        }
    }

    private void printResource(WitLines out, String name, ResourceType resource) {
        var members = new ArrayList<String>();
        items.forEach((member, type) -> {
            if (type instanceof ComponentExternType.Func func) {
                String line = member(ExternName.known(member), func.type(), name, resource);
                if (line != null) {
                    members.add(line);
                }
            }
        });
        if (members.isEmpty()) {
            out.line("resource " + WitTypes.label(name) + ";");
            return;
        }
        out.open("resource " + WitTypes.label(name));
        members.forEach(out::line);
        out.close();
    }

    private @Nullable String member(ExternName member, FuncType type, String name, ResourceType resource) {
        if (member instanceof ExternName.Constructor constructor
                && constructor.resource().equals(name)) {
            boolean plain =
                    type.result() instanceof OwnType own && own.resource().equals(resource);
            return "constructor" + types.signature(plain ? new FuncType(type.params(), null) : type) + ";";
        }
        if (member instanceof ExternName.Method method && method.resource().equals(name)) {
            List<FuncType.Param> params = type.params().subList(1, type.params().size());
            return WitTypes.label(method.member()) + ": "
                    + types.function(new FuncType(params, type.result(), type.async())) + ";";
        }
        if (member instanceof ExternName.Static statics && statics.resource().equals(name)) {
            return WitTypes.label(statics.member()) + ": static " + types.function(type) + ";";
        }
        return null;
    }
}
