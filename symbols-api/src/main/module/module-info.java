/** The service by which {@code dev.airlock} finds {@code dev.airlock.symbols}. */
module dev.airlock.symbols.api {
    requires static org.jspecify;

    exports dev.airlock.symbols.api to
            dev.airlock,
            dev.airlock.symbols;
}
