/**
 * Gets typed data in and out of WebAssembly guests.
 *
 * <p>{@link dev.airlock.Airlock} is the way in. A program that binds interfaces of its own opens their package to this module,
 * unless they are public and exported.
 */
module dev.airlock {
    requires dev.airlock.symbols.api;
    requires java.management;
    requires jdk.jfr;
    requires static transitive org.jspecify;

    exports dev.airlock;
    exports dev.airlock.component;
    exports dev.airlock.component.bind;
    exports dev.airlock.convention;
    exports dev.airlock.engine;
    exports dev.airlock.error;
    exports dev.airlock.limit;
    exports dev.airlock.mapping;
    exports dev.airlock.memory;
    exports dev.airlock.payload;
    exports dev.airlock.placement;
    exports dev.airlock.pool;
    exports dev.airlock.program;
    exports dev.airlock.type;
    exports dev.airlock.wasi;
    exports dev.airlock.wasi.preview1;
    exports dev.airlock.wit;

    // The codecs read values by the shapes of their types; the command shows what a file holds.
    exports dev.airlock.binding to
            dev.airlock.json,
            dev.airlock.json.form;
    exports dev.airlock.shape to
            dev.airlock.json,
            dev.airlock.json.form,
            dev.airlock.json.jackson2;
    exports dev.airlock.component.binary to
            dev.airlock.cli;
    exports dev.airlock.engine.binary to
            dev.airlock.cli;

    uses dev.airlock.mapping.LanguageTypes;
    uses dev.airlock.payload.PayloadCodec;
    uses dev.airlock.symbols.api.SymbolReader;
}
