/**
 * Symbols as compilers write them, and as their authors wrote them.
 *
 * <p>{@link dev.airlock.symbols.name.Symbols} is the only door. Behind it are the schemes that guests' names are in: C++ after
 * the Itanium ABI ({@code _Z}), Rust's older one ({@code _ZN…17h0123456789abcdefE}) and its newer one ({@code _R}).
 *
 * <p>Names come from guests. A name of a few bytes can stand for text of any size, so each is read within bounds of depth,
 * steps and size, and what is over them, or not understood in all its parts, stays as it is: there is never half a name.
 */
@NullMarked
package dev.airlock.symbols.name;

import org.jspecify.annotations.NullMarked;
