package dev.airlock.symbols.api;

import java.util.Map;

/** Reads what compilers leave in a guest for debuggers. The library calls it when a guest fails; programs need not. */
public interface SymbolReader {
    /**
     * Returns a function's name as its author wrote it.
     *
     * @param symbol the name in the module
     * @return the readable name, or the symbol itself if it follows no known scheme or cannot be read completely
     */
    String readable(String symbol);

    /**
     * Returns the source lines of some instructions.
     *
     * @param lines the contents of the section {@code .debug_line}
     * @param lineTexts the contents of {@code .debug_line_str}; empty if there is none
     * @param texts the contents of {@code .debug_str}; empty if there is none
     * @param addresses offsets of instructions in the contents of the code section
     * @return the lines by address, without the addresses that have none
     * @throws IndexOutOfBoundsException if a section is malformed
     */
    Map<Long, SourceLine> lines(byte[] lines, byte[] lineTexts, byte[] texts, Iterable<Long> addresses);
}
