package dev.airlock;

import dev.airlock.engine.Engine;
import java.nio.file.Path;

/** The short way in: opens a guest, whatever it is. */
public final class Airlock {
    private static final Engine ENGINE = Engine.create();

    private Airlock() {}

    /**
     * Reads, validates and compiles a guest.
     *
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is no module that can be run
     */
    public static Guest open(Path file) {
        return new Guest(ENGINE.compile(file));
    }

    /**
     * Validates and compiles a guest.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form
     * @throws dev.airlock.error.ModuleException if it is no module that can be run
     */
    public static Guest open(String name, byte[] bytes) {
        return new Guest(ENGINE.compile(name, bytes));
    }
}
