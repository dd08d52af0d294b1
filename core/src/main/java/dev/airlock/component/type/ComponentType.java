package dev.airlock.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The type of a component. {@link Subtyping} compares two of them. */
public final class ComponentType {
    private final Map<String, ComponentExternType> imports;
    private final Set<ResourceVariable> importBound;
    private final Map<String, ComponentExternType> exports;
    private final Set<ResourceVariable> exportBound;
    private final int depth;

    ComponentType(
            Map<String, ComponentExternType> imports,
            Set<ResourceVariable> importBound,
            Map<String, ComponentExternType> exports,
            Set<ResourceVariable> exportBound) {
        this.imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
        this.importBound = Collections.unmodifiableSet(new LinkedHashSet<>(importBound));
        this.exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        this.exportBound = Collections.unmodifiableSet(new LinkedHashSet<>(exportBound));
        this.depth = 1
                + Math.max(
                        ComponentExternType.depth(this.imports.values()),
                        ComponentExternType.depth(this.exports.values()));
    }

    /** By name, in order; a type comes before its uses. */
    public Map<String, ComponentExternType> imports() {
        return imports;
    }

    /** The resources that the imports introduce. Instantiation replaces them with those of the arguments. */
    Set<ResourceVariable> importBound() {
        return importBound;
    }

    /** By name, in order; a type comes before its uses. */
    public Map<String, ComponentExternType> exports() {
        return exports;
    }

    /** The resources that the exports introduce. Each instance has fresh ones. */
    Set<ResourceVariable> exportBound() {
        return exportBound;
    }

    /** How deep types of instances and components are nested, this one counted. */
    int depth() {
        return depth;
    }
}
