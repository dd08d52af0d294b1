package dev.airlock.wit;

import dev.airlock.type.ValType;

/**
 * A type as it was read. Names in it are looked up later, since WIT lets a type be used before it is declared, and, in
 * other files, before they are read.
 */
@FunctionalInterface
interface TypeText {
    /** The type, by the names that there are. Fails with {@link dev.airlock.error.WitException}. */
    ValType resolve(Scope scope);
}
