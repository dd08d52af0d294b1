package dev.airlock.component.type;

import dev.airlock.type.ResourceType;
import java.util.Locale;

/**
 * The {@link ResourceType#owner() owner} of a resource in a component's types. It stands for a resource that exists only in
 * an instance. Two variables are never equal.
 *
 * <p>Each {@code (sub resource)} of an import or export and each resource definition makes one. Instantiation substitutes
 * it: by the argument's resource if an import made it, by a fresh variable if an export made it. At run time an instance
 * keeps one resource for each variable.
 */
public final class ResourceVariable {
    /** What made a variable. */
    enum Origin {
        /** An import, or an export of an imported instance. */
        IMPORTED,
        /** A definition in the component itself, which may create such resources and see their representation. */
        DEFINED,
        /** An export in the type of a component or instance, or an export of an instance of such a component. */
        EXPORTED
    }

    private final Origin origin;

    ResourceVariable(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    /** Returns a resource type that equals no other. */
    static ResourceType fresh(String name, Origin origin) {
        return new ResourceType(name, new ResourceVariable(origin));
    }

    /** Returns the variable of a resource in a component's types; each has one. */
    public static ResourceVariable of(ResourceType type) {
        return (ResourceVariable) type.owner();
    }

    @Override
    public String toString() {
        return origin.name().toLowerCase(Locale.ROOT) + " resource";
    }
}
