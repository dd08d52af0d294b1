/**
 * Reads source lines from the debug information that compilers leave in a guest (DWARF 4 and 5, {@code .debug_line}).
 *
 * <p>{@link dev.airlock.symbols.dwarf.LineTable} is the entry. The information comes from the guest and is not trusted:
 * reading takes time in proportion to the section's size, and malformed information yields no lines.
 */
@NullMarked
package dev.airlock.symbols.dwarf;

import org.jspecify.annotations.NullMarked;
