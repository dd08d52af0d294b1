package dev.airlock.wit;

import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;

/** Looks up the names in a type. */
interface Scope {
    /**
     * Returns the type of a name; for a resource, the handle that owns.
     *
     * @param offset the place of the name, for errors
     */
    ValType type(String name, int offset);

    /**
     * Returns the resource of a name.
     *
     * @param offset the place of the name, for errors
     */
    ResourceType resource(String name, int offset);
}
