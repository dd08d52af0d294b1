/**
 * Reads compiler symbols, and returns names as their authors wrote them.
 *
 * <p>{@link dev.airlock.symbols.name.Symbols} is the entry. It reads C++ symbols of the Itanium ABI ({@code _Z}), and
 * those of Rust's older scheme ({@code _ZN…17h0123456789abcdefE}) and its newer one ({@code _R}).
 *
 * <p>Symbols come from guests, and a few bytes can stand for text of any size. So depth, steps and size are bounded. A
 * symbol that exceeds a bound or cannot be read completely is returned unchanged, never in part.
 */
@NullMarked
package dev.airlock.symbols.name;

import org.jspecify.annotations.NullMarked;
