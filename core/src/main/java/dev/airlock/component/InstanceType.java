package dev.airlock.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The type of a component instance.
 *
 * @param exports by name, in order; a type comes before what uses it
 * @param bound the resources that the exports introduce, each new for each instance of this type. None where this is the
 *     type of one instance in an index space, since there they are made already
 */
record InstanceType(Map<String, ComponentExternType> exports, Set<ResourceVariable> bound) {
    static final InstanceType EMPTY = new InstanceType(Map.of(), Set.of());

    InstanceType {
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        bound = Collections.unmodifiableSet(new LinkedHashSet<>(bound));
    }
}
