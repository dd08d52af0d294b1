package dev.airlock;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The built guests of the guests folder, compiled once for all tests. */
public final class Guests {
    private static final Engine ENGINE = Engine.create();
    private static final Map<String, Module> MODULES = new ConcurrentHashMap<>();

    private Guests() {}

    /** The file of a guest, such as {@code "wat/numbers"}. */
    public static Path file(String guest) {
        return Path.of(System.getProperty("airlock.guests", "../guests")).resolve(guest + ".wasm");
    }

    public static byte[] bytes(String guest) {
        try {
            return Files.readAllBytes(file(guest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Module module(String guest) {
        return MODULES.computeIfAbsent(guest, name -> ENGINE.compile(file(name)));
    }

    /** An instance of a guest that needs nothing. */
    public static Instance instance(String guest) {
        return new Linker().instantiate(module(guest));
    }
}
