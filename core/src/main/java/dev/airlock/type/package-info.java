/**
 * What a value is, before anything says where its bytes lie.
 *
 * <p>There are two families. {@link dev.airlock.type.ValType} and {@link dev.airlock.type.FuncType} are the types of
 * WIT, the one type system in which every guest's functions are described; {@link dev.airlock.type.Value} is a value of
 * one for those who have no Java type at hand, and {@link dev.airlock.type.ValuePath} says where in a value something
 * went wrong. Names with {@code Core} in front are those of the core specification (section 2.3, Types), as are the
 * types of what modules import and export.
 */
@NullMarked
package dev.airlock.type;

import org.jspecify.annotations.NullMarked;
