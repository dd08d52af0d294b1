/**
 * Lines of source text, from the debug information that compilers leave in a guest (DWARF 4 and 5, {@code .debug_line}).
 *
 * <p>{@link dev.airlock.symbols.dwarf.LineTable} is the only door. What a guest says of itself is never trusted: reading takes time
 * in proportion to the section's size, and what is malformed has no lines.
 */
@NullMarked
package dev.airlock.symbols.dwarf;

import org.jspecify.annotations.NullMarked;
