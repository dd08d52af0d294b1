package dev.airlock;

import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The short way in: opens a guest, whatever it is. */
public final class Airlock {
    private static final Engine ENGINE = Engine.create();

    private Airlock() {}

    /**
     * Reads, validates and compiles a guest, a core module or a component.
     *
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is nothing that can be run
     */
    public static Guest open(Path file) {
        return open(ENGINE, file);
    }

    /**
     * The same by an engine of one's own, such as one that keeps compiled code on disk.
     *
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is nothing that can be run
     */
    public static Guest open(Engine engine, Path file) {
        return isComponent(file)
                ? new ComponentGuest(Component.compile(engine, file))
                : new CoreGuest(engine.compile(file));
    }

    /**
     * Validates and compiles a guest, a core module or a component.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form
     * @throws dev.airlock.error.ModuleException if it is nothing that can be run
     */
    public static Guest open(String name, byte[] bytes) {
        return open(ENGINE, name, bytes);
    }

    /**
     * The same by an engine of one's own.
     *
     * @throws dev.airlock.error.ModuleException if it is nothing that can be run
     */
    public static Guest open(Engine engine, String name, byte[] bytes) {
        return Component.isComponent(bytes)
                ? new ComponentGuest(Component.compile(engine, name, bytes))
                : new CoreGuest(engine.compile(name, bytes));
    }

    /** What cannot be read is for the engine to say. */
    private static boolean isComponent(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Component.isComponent(in.readNBytes(Long.BYTES));
        } catch (IOException e) {
            return false;
        }
    }
}
