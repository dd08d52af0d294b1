/**
 * What a value is, before anything says where its bytes lie: the types of core WebAssembly, of modules' imports and
 * exports.
 *
 * <p>Names with {@code Core} in front are those of the core specification (section 2.3, Types), to keep them apart from
 * the types of WIT, which have the plain names.
 */
@NullMarked
package dev.airlock.type;

import org.jspecify.annotations.NullMarked;
