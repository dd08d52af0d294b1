package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.binary.SortIndex;
import dev.airlock.wit.ExternName;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Finds names for the resources that a component defines. A definition has no name, so the name of a later export is used.
 * If the resource is an argument of a nested component that exports it, as tools produce it, the nested export names it.
 */
final class ResourceNames {
    private final Map<ParsedComponent, Map<Integer, String>> known = new IdentityHashMap<>();

    private final Map<ParsedComponent, Map<String, Integer>> imported = new IdentityHashMap<>();

    private ResourceNames() {}

    /** Returns names by type index, of the resources that are exported with a plain name. */
    static Map<Integer, String> of(ParsedComponent component) {
        return new ResourceNames().names(component);
    }

    private Map<Integer, String> names(ParsedComponent component) {
        Map<Integer, String> before = known.get(component);
        if (before != null) {
            return before;
        }
        Map<Integer, String> names = new HashMap<>();
        Map<Integer, ParsedComponent> nested = new HashMap<>();
        int components = 0;
        for (ComponentDefinition definition : component.definitions()) {
            if (definition instanceof ComponentDefinition.Export export) {
                add(names, export.name().name(), export.target());
            } else if (definition instanceof ComponentDefinition.Exports listed) {
                listed.items().forEach(item -> add(names, item.name().name(), item.target()));
            } else if (definition instanceof ComponentDefinition.Nested child) {
                nested.put(components, child.component());
            } else if (definition instanceof ComponentDefinition.Instantiate instantiate) {
                ParsedComponent child = nested.get(instantiate.component());
                if (child != null) {
                    addHanded(names, instantiate, child);
                }
            }
            components += definition.adds() == Sort.COMPONENT ? 1 : 0;
        }
        known.put(component, names);
        return names;
    }

    private static void add(Map<Integer, String> names, ExternName name, SortIndex target) {
        if (target.sort() == Sort.TYPE && name instanceof ExternName.Plain) {
            names.putIfAbsent(target.index(), name.text());
        }
    }

    private void addHanded(
            Map<Integer, String> names, ComponentDefinition.Instantiate instantiate, ParsedComponent child) {
        Map<String, Integer> importedTypes = imported.computeIfAbsent(child, ResourceNames::importedTypes);
        for (ComponentDefinition.Instantiate.Arg arg : instantiate.args()) {
            Integer index = importedTypes.get(arg.name());
            if (arg.target().sort() == Sort.TYPE && index != null) {
                String name = names(child).get(index);
                if (name != null) {
                    names.putIfAbsent(arg.target().index(), name);
                }
            }
        }
    }

    private static Map<String, Integer> importedTypes(ParsedComponent component) {
        Map<String, Integer> imported = new HashMap<>();
        int types = 0;
        for (ComponentDefinition definition : component.definitions()) {
            if (definition instanceof ComponentDefinition.Import needed && definition.adds() == Sort.TYPE) {
                imported.put(needed.name().name().text(), types);
            }
            types += definition.adds() == Sort.TYPE ? 1 : 0;
        }
        return imported;
    }
}
