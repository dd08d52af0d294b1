/** Readable function names and source lines for the stack traces of guests. {@code dev.airlock} finds it as a service. */
module dev.airlock.symbols {
    requires dev.airlock.symbols.api;
    requires static org.jspecify;

    provides dev.airlock.symbols.api.SymbolReader with
            dev.airlock.symbols.CompilerSymbols;
}
