package dev.airlock.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The type of a component instance. Whether one fits another is for {@link Subtyping} to say. */
public final class InstanceType {
    private final Map<String, ComponentExternType> exports;
    private final Set<ResourceVariable> bound;
    private final int depth;

    InstanceType(Map<String, ComponentExternType> exports, Set<ResourceVariable> bound) {
        this.exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        this.bound = Collections.unmodifiableSet(new LinkedHashSet<>(bound));
        this.depth = 1 + ComponentExternType.depth(this.exports.values());
    }

    /** By name, in order; a type comes before what uses it. */
    public Map<String, ComponentExternType> exports() {
        return exports;
    }

    /**
     * The resources that the exports introduce, each new for each instance of this type. None where this is the type of one
     * instance in an index space, since there they are made already.
     */
    Set<ResourceVariable> bound() {
        return bound;
    }

    /** How deep types of instances and components stand in this one, itself counted. */
    int depth() {
        return depth;
    }
}
