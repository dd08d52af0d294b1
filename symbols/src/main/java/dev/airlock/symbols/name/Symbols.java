package dev.airlock.symbols.name;

/** Reads symbols: the entry of this package. */
public final class Symbols {
    /** Longer symbols are not read: compilers use a hash instead of a longer name. */
    private static final int LONGEST_SYMBOL = 16_384;

    private Symbols() {}

    /**
     * Returns a function's name as its author wrote it: {@code geometry::area} for {@code
     * _ZN8geometry4area17h0123456789abcdefE}. Hashes of Rust are left out. Takes a bounded number of steps; the result
     * has at most some thousand characters more than the symbol.
     *
     * @param symbol the name in the module
     * @return the readable name, or the symbol itself if it follows no known scheme or cannot be read completely
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
