/**
 * The types and values of WIT, and the types of core modules. Where the bytes of a value lie is not their concern.
 *
 * <p>There are two families. {@link dev.airlock.type.ValType} and {@link dev.airlock.type.FuncType} are the types of
 * WIT, which describe the functions of all guests. {@link dev.airlock.type.Value} is a value of such a type, for code
 * that has no Java type for it, and {@link dev.airlock.type.ValuePath} is the place of an error in a value. Names that
 * start with {@code Core} are those of the core specification (section 2.3, Types), as are the types of imports and
 * exports.
 */
@NullMarked
package dev.airlock.type;

import org.jspecify.annotations.NullMarked;
