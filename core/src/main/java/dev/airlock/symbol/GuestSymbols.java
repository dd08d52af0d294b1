package dev.airlock.symbol;

import dev.airlock.symbols.api.SourceLine;
import dev.airlock.symbols.api.SymbolReader;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Reads names and lines if {@code airlock-symbols} is installed. Public for the library itself. */
public final class GuestSymbols {
    private static final Optional<SymbolReader> READER = ServiceLoader.load(
                    SymbolReader.class, GuestSymbols.class.getClassLoader())
            .findFirst();

    private GuestSymbols() {}

    /** Returns a function's name as its author wrote it, or the symbol itself if it cannot be read. */
    public static String readable(String symbol) {
        return READER.isPresent() ? READER.get().readable(symbol) : symbol;
    }

    /** Whether {@link #lines} can find any. */
    public static boolean readsLines() {
        return READER.isPresent();
    }

    /** Returns the lines that {@link SymbolReader#lines} finds; none without the artifact. */
    public static Map<Long, SourceLine> lines(byte[] lines, byte[] lineTexts, byte[] texts, Iterable<Long> addresses) {
        return READER.isPresent() ? READER.get().lines(lines, lineTexts, texts, addresses) : Map.of();
    }
}
