package dev.airlock.wit;

import dev.airlock.type.ValType;

/**
 * A type before its names are looked up. WIT allows the use of a type before its declaration and, in files, before the
 * file that declares it is read.
 */
@FunctionalInterface
interface TypeText {
    /**
     * Returns the type, with its names looked up. Throws {@link dev.airlock.error.WitException} if a name is unknown.
     */
    ValType resolve(Scope scope);
}
