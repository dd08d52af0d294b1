package dev.airlock.symbols.name;

/** The door of this room. */
public final class Symbols {
    /** Longer ones are not looked into: compilers hash what would become longer than this. */
    private static final int LONGEST_SYMBOL = 16_384;

    private Symbols() {}

    /**
     * A function's name as its author wrote it: {@code geometry::area} for {@code _ZN8geometry4area17h0123456789abcdefE}.
     * Rust's hashes are left out. What is in no scheme known here, or is not understood in all its parts, comes back as it
     * is. Takes a bounded number of steps, and the answer has at most some thousand characters more than the symbol.
     */
    public static String readable(String symbol) {
        if (symbol.length() > LONGEST_SYMBOL) {
            return symbol;
        }
        try {
            if (RustLegacy.isOne(symbol)) {
                return RustLegacy.read(symbol);
            }
            if (symbol.startsWith("_R")) {
                return RustV0.read(symbol);
            }
            if (symbol.startsWith("_Z")) {
                return CppSymbol.read(symbol);
            }
        } catch (NotUnderstood e) {
            return symbol;
        }
        return symbol;
    }
}
