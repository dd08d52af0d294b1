package dev.airlock.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The type of a component.
 *
 * @param imports by name, in order; a type comes before what uses it
 * @param importBound the resources that the imports introduce: to instantiate puts those of the arguments in their place
 * @param exports by name, in order
 * @param exportBound the resources that the exports introduce, each new for each instance
 */
record ComponentType(
        Map<String, ComponentExternType> imports,
        Set<ResourceVariable> importBound,
        Map<String, ComponentExternType> exports,
        Set<ResourceVariable> exportBound) {
    ComponentType {
        imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
        importBound = Collections.unmodifiableSet(new LinkedHashSet<>(importBound));
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        exportBound = Collections.unmodifiableSet(new LinkedHashSet<>(exportBound));
    }
}
