package dev.airlock.component;

import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.ComponentType;
import dev.airlock.component.type.WitLines;
import dev.airlock.component.type.WitNames;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.WitTypes;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the type of a component as a world, followed by the interfaces it names, by package (WIT, "Worlds"). */
final class WorldPrinter {
    private final ComponentType component;
    private final Map<String, Map<String, InterfaceText>> packages = new LinkedHashMap<>();
    private final Map<String, InterfaceText> interfaces = new LinkedHashMap<>();
    private final Map<Object, InterfaceText.Origin> origins = new IdentityHashMap<>();
    private final WitLines out = new WitLines();

    private WorldPrinter(ComponentType component) {
        this.component = component;
    }

    public static String print(ComponentType component) {
        return new WorldPrinter(component).print();
    }

    private String print() {
        component.imports().forEach(this::collect);
        component.exports().forEach(this::collect);
        out.line("package root:component;");
        out.blank();
        out.open("world root");
        printItems("import", component.imports());
        if (!component.imports().isEmpty() && !component.exports().isEmpty()) {
            out.blank();
        }
        printItems("export", component.exports());
        out.close();
        packages.forEach((name, contents) -> {
            out.blank();
            out.open("package " + name);
            boolean first = true;
            for (Map.Entry<String, InterfaceText> content : contents.entrySet()) {
                if (!first) {
                    out.blank();
                }
                first = false;
                out.open("interface " + WitTypes.label(content.getKey()));
                content.getValue().print(out);
                out.close();
            }
            out.close();
        });
        return out.toString();
    }

    /** Collects interfaces. One that is both imported and exported is printed once: either side may lack items it does not use. */
    private void collect(String name, ComponentExternType type) {
        if (type instanceof ComponentExternType.Instance instance
                && ExternName.known(name) instanceof ExternName.Interface path) {
            InterfaceText text = interfaces.computeIfAbsent(name, n -> {
                var made = new InterfaceText(path, origins);
                packages.computeIfAbsent(InterfaceText.packageOf(path), p -> new LinkedHashMap<>())
                        .put(path.label(), made);
                return made;
            });
            text.add(instance.type());
        } else if (type instanceof ComponentExternType.Type exported) {
            Object identity = WitNames.identity(exported.type());
            if (identity != null) {
                origins.putIfAbsent(identity, new InterfaceText.Origin(null, name));
            }
        }
    }

    private void printItems(String direction, Map<String, ComponentExternType> items) {
        var types = new InterfaceText(null, origins);
        items.forEach((name, type) -> {
            if (ExternName.known(name) instanceof ExternName.Interface) {
                if (type instanceof ComponentExternType.Instance) {
                    out.line(direction + " " + name + ";");
                } else {
                    out.line("// " + direction + " " + name + ": " + type.sort());
                }
            } else if (type instanceof ComponentExternType.Instance instance) {
                var inline = new InterfaceText(null, origins);
                inline.add(instance.type());
                out.open(direction + " " + WitTypes.label(name) + ": interface");
                inline.print(out);
                out.close();
            } else {
                types.add(name, type);
            }
        });
        types.printInWorld(out, direction);
    }
}
