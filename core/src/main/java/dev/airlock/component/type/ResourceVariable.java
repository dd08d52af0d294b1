package dev.airlock.component.type;

import dev.airlock.type.ResourceType;
import java.util.Locale;

/**
 * The {@link ResourceType#owner() owner} of a resource in a component's types: it stands for a resource that only an
 * instance will have. Two are never equal.
 *
 * <p>Each {@code (sub resource)} of an import or export and each resource definition makes one. To instantiate is to put
 * something else in its place: what the argument has for one that an import made, a new variable for one that an export
 * made. At run time whoever instantiates keeps a resource of its own for each variable.
 */
public final class ResourceVariable {
    /** Where a variable is from. */
    enum Origin {
        /** An import, or what an imported instance exports. */
        IMPORTED,
        /** A definition in the component itself, which may make and look into such resources. */
        DEFINED,
        /** An export of a component's or instance's type, or of an instance that was made from one. */
        EXPORTED
    }

    private final Origin origin;

    ResourceVariable(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    /** A resource that equals no other. */
    static ResourceType fresh(String name, Origin origin) {
        return new ResourceType(name, new ResourceVariable(origin));
    }

    /** The variable of a resource in a component's types; all of those have one. */
    public static ResourceVariable of(ResourceType type) {
        return (ResourceVariable) type.owner();
    }

    @Override
    public String toString() {
        return origin.name().toLowerCase(Locale.ROOT) + " resource";
    }
}
