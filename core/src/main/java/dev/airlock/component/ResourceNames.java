package dev.airlock.component;

import java.util.HashMap;
import java.util.Map;

/** What a component calls the resources that it defines: a definition has no name, the exports that follow do. */
final class ResourceNames {
    private ResourceNames() {}

    /** Names by the index of the type, of those that are exported by a plain name. */
    static Map<Integer, String> of(ParsedComponent component) {
        Map<Integer, String> names = new HashMap<>();
        for (Definition definition : component.definitions()) {
            if (definition instanceof Definition.Export export) {
                add(names, export.name().name(), export.target());
            } else if (definition instanceof Definition.Exports listed) {
                listed.items().forEach(item -> add(names, item.name().name(), item.target()));
            }
        }
        return names;
    }

    private static void add(Map<Integer, String> names, ExternName name, SortIndex target) {
        if (target.sort() == Sort.TYPE && name instanceof ExternName.Plain) {
            names.putIfAbsent(target.index(), name.text());
        }
    }
}
