package dev.airlock.symbols;

import dev.airlock.symbols.api.SourceLine;
import dev.airlock.symbols.api.SymbolReader;
import dev.airlock.symbols.dwarf.LineTable;
import dev.airlock.symbols.name.Symbols;
import java.util.Map;

/** Reads the symbols of C++ and Rust, and DWARF. */
public final class CompilerSymbols implements SymbolReader {
    /** For the service loader. */
    public CompilerSymbols() {}

    @Override
    public String readable(String symbol) {
        return Symbols.readable(symbol);
    }

    @Override
    public Map<Long, SourceLine> lines(byte[] lines, byte[] lineTexts, byte[] texts, Iterable<Long> addresses) {
        return new LineTable(lines, lineTexts, texts).places(addresses);
    }
}
