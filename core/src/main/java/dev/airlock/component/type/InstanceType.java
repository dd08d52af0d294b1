package dev.airlock.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The type of a component instance. {@link Subtyping} compares two of them. */
public final class InstanceType {
    private final Map<String, ComponentExternType> exports;
    private final Set<ResourceVariable> bound;
    private final int depth;

    InstanceType(Map<String, ComponentExternType> exports, Set<ResourceVariable> bound) {
        this.exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        this.bound = Collections.unmodifiableSet(new LinkedHashSet<>(bound));
        this.depth = 1 + ComponentExternType.depth(this.exports.values());
    }

    /** By name, in order; a type comes before its uses. */
    public Map<String, ComponentExternType> exports() {
        return exports;
    }

    /**
     * The resources that the exports introduce; each instance of this type has fresh ones. Empty for the type of an instance
     * in an index space, whose resources are fresh already.
     */
    Set<ResourceVariable> bound() {
        return bound;
    }

    /** How deep types of instances and components are nested, this one counted. */
    int depth() {
        return depth;
    }
}
