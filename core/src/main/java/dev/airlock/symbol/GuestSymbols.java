package dev.airlock.symbol;

import dev.airlock.symbols.api.SourceLine;
import dev.airlock.symbols.api.SymbolReader;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Reads names and lines if {@code airlock-symbols} is installed. Public for the library itself. */
public final class GuestSymbols {
    private static final Optional<SymbolReader> READER = find();

    private GuestSymbols() {}

    /** A broken installation must not replace the trap that is being reported. */
    private static Optional<SymbolReader> find() {
        try {
            return ServiceLoader.load(SymbolReader.class, GuestSymbols.class.getClassLoader())
                    .findFirst();
        } catch (ServiceConfigurationError e) {
            System.getLogger("dev.airlock.engine")
                    .log(
                            Level.WARNING,
                            "airlock-symbols cannot be loaded, so guest functions have no readable names and no lines:"
                                    + " add its classes to the class path, or remove its entry in META-INF/services",
                            e);
            return Optional.empty();
        }
    }

    /**
     * Returns a function's name as its author wrote it.
     *
     * @param symbol the name in the module
     * @return the readable name, or the symbol itself if it cannot be read
     */
    public static String readable(String symbol) {
        return READER.isPresent() ? READER.get().readable(symbol) : symbol;
    }

    /**
     * Returns the source lines of some instructions; none without the artifact.
     *
     * @param lines the contents of the section {@code .debug_line}
     * @param lineTexts the contents of {@code .debug_line_str}; empty if there is none
     * @param texts the contents of {@code .debug_str}; empty if there is none
     * @param addresses offsets of instructions in the contents of the code section
     * @return the lines by address, without the addresses that have none
     * @throws IndexOutOfBoundsException if a section is malformed
     */
    public static Map<Long, SourceLine> lines(byte[] lines, byte[] lineTexts, byte[] texts, Iterable<Long> addresses) {
        return READER.isPresent() ? READER.get().lines(lines, lineTexts, texts, addresses) : Map.of();
    }
}
