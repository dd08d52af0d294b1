package dev.airlock.wit;

import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;

/** Where a name in a type is looked up. */
interface Scope {
    /**
     * The type of that name; for a resource, the handle that owns.
     *
     * @param offset where the name stands, for errors
     */
    ValType type(String name, int offset);

    /**
     * The resource of that name.
     *
     * @param offset where the name stands, for errors
     */
    ResourceType resource(String name, int offset);
}
