package dev.airlock.component.run;

import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.binary.SortIndex;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The names of a component's functions by index, for errors and events. Not all functions have one. */
final class FuncNames {
    private FuncNames() {}

    /** Returns the names of exported functions. */
    static Map<Integer, String> exported(ParsedComponent parsed) {
        Map<Integer, String> names = new HashMap<>();
        for (ComponentDefinition definition : parsed.definitions()) {
            if (definition instanceof ComponentDefinition.Export export) {
                add(names, export.target(), export.name().name().text());
            } else if (definition instanceof ComponentDefinition.Exports exports) {
                exports.items()
                        .forEach(item ->
                                add(names, item.target(), item.name().name().text()));
            } else if (definition instanceof ComponentDefinition.Instantiate instantiate) {
                // Tools put a component between a function and its export, to name types.
                instantiate
                        .args()
                        .forEach(arg -> add(names, arg.target(), arg.name().replaceFirst("^import-func-", "")));
            }
        }
        return names;
    }

    private static void add(Map<Integer, String> names, SortIndex target, String name) {
        if (target.sort() == Sort.FUNC) {
            names.putIfAbsent(target.index(), name);
        }
    }

    /** Returns the names of imported functions: {@code log}, or {@code wasi:clocks/monotonic-clock@0.2.0#now}. */
    static Map<Integer, String> imported(ParsedComponent parsed) {
        Map<Integer, String> names = new HashMap<>();
        Map<Integer, String> interfaces = new HashMap<>();
        Map<Sort, Integer> filled = new EnumMap<>(Sort.class);
        for (ComponentDefinition definition : parsed.definitions()) {
            int index = filled.merge(definition.adds(), 1, Integer::sum) - 1;
            if (definition instanceof ComponentDefinition.Import imported) {
                if (definition.adds() == Sort.FUNC) {
                    names.put(index, imported.name().name().text());
                } else if (definition.adds() == Sort.INSTANCE) {
                    interfaces.put(index, imported.name().name().text());
                }
            } else if (definition instanceof ComponentDefinition.AliasExport alias && alias.sort() == Sort.FUNC) {
                String from = interfaces.get(alias.instance());
                names.put(index, from == null ? alias.name() : from + "#" + alias.name());
            }
        }
        return names;
    }
}
