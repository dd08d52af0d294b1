package dev.airlock;

import dev.airlock.engine.Engine;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Opens guests: reads, validates and compiles them.
 *
 * <pre>{@code
 * interface Greeter {
 *   String greet(String name);
 * }
 *
 * try (Guest guest = Airlock.open(Path.of("greeter.wasm"))) {
 *   String hello = guest.as(Greeter.class).greet("Ada");
 * }
 * }</pre>
 *
 * <p>{@link #open(Path) open} takes either kind of guest. {@link #openModule(Path) openModule} and {@link
 * #openComponent(Path) openComponent} take one kind, and give what only that kind has. Each reads a file, an array, a
 * stream or a resource of the class path, and compiles by an engine that all share, or by one that is given, such as one
 * that keeps compiled code on disk. Any thread may open guests.
 */
public final class Airlock {
    private static final Engine ENGINE = Engine.create();

    private Airlock() {}

    /**
     * Opens a guest, a core module or a component, from a file.
     *
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a guest that can be run
     */
    public static Guest open(Path file) {
        return open(ENGINE, file);
    }

    /**
     * Opens a guest, a core module or a component, from a file, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a guest that can be run
     */
    public static Guest open(Engine engine, Path file) {
        return GuestBytes.of(file).open(engine);
    }

    /**
     * Opens a guest, a core module or a component, from its binary form.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a guest that can be run
     */
    public static Guest open(String name, byte[] bytes) {
        return open(ENGINE, name, bytes);
    }

    /**
     * Opens a guest, a core module or a component, from its binary form, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a guest that can be run
     */
    public static Guest open(Engine engine, String name, byte[] bytes) {
        return new GuestBytes(name, bytes).open(engine);
    }

    /**
     * Opens a guest, a core module or a component, from a stream.
     *
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a guest that can be run
     */
    public static Guest open(String name, InputStream in) {
        return open(ENGINE, name, in);
    }

    /**
     * Opens a guest, a core module or a component, from a stream, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a guest that can be run
     */
    public static Guest open(Engine engine, String name, InputStream in) {
        return GuestBytes.of(name, in).open(engine);
    }

    /**
     * Opens a guest, a core module or a component, from a resource of the class path.
     *
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a guest that can be run
     */
    public static Guest open(Class<?> near, String resource) {
        return open(ENGINE, near, resource);
    }

    /**
     * Opens a guest, a core module or a component, from a resource of the class path, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a guest that can be run
     */
    public static Guest open(Engine engine, Class<?> near, String resource) {
        return GuestBytes.of(near, resource).open(engine);
    }

    /**
     * Opens a guest that is a core module, from a file.
     *
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Path file) {
        return openModule(ENGINE, file);
    }

    /**
     * Opens a guest that is a core module, from a file, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Engine engine, Path file) {
        return GuestBytes.of(file).openModule(engine);
    }

    /**
     * Opens a guest that is a core module, from its binary form.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(String name, byte[] bytes) {
        return openModule(ENGINE, name, bytes);
    }

    /**
     * Opens a guest that is a core module, from its binary form, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Engine engine, String name, byte[] bytes) {
        return new GuestBytes(name, bytes).openModule(engine);
    }

    /**
     * Opens a guest that is a core module, from a stream.
     *
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(String name, InputStream in) {
        return openModule(ENGINE, name, in);
    }

    /**
     * Opens a guest that is a core module, from a stream, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Engine engine, String name, InputStream in) {
        return GuestBytes.of(name, in).openModule(engine);
    }

    /**
     * Opens a guest that is a core module, from a resource of the class path.
     *
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Class<?> near, String resource) {
        return openModule(ENGINE, near, resource);
    }

    /**
     * Opens a guest that is a core module, from a resource of the class path, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a core module that can be run; if it is a component, the error says so
     */
    public static CoreGuest openModule(Engine engine, Class<?> near, String resource) {
        return GuestBytes.of(near, resource).openModule(engine);
    }

    /**
     * Opens a guest that is a component, from a file.
     *
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Path file) {
        return openComponent(ENGINE, file);
    }

    /**
     * Opens a guest that is a component, from a file, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param file the file with the guest's binary form
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such file, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Engine engine, Path file) {
        return GuestBytes.of(file).openComponent(engine);
    }

    /**
     * Opens a guest that is a component, from its binary form.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(String name, byte[] bytes) {
        return openComponent(ENGINE, name, bytes);
    }

    /**
     * Opens a guest that is a component, from its binary form, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Engine engine, String name, byte[] bytes) {
        return new GuestBytes(name, bytes).openComponent(engine);
    }

    /**
     * Opens a guest that is a component, from a stream.
     *
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(String name, InputStream in) {
        return openComponent(ENGINE, name, in);
    }

    /**
     * Opens a guest that is a component, from a stream, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param name how errors and stack traces name it
     * @param in read to its end; the caller closes it
     * @return the guest
     * @throws dev.airlock.error.ModuleException if it cannot be read, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Engine engine, String name, InputStream in) {
        return GuestBytes.of(name, in).openComponent(engine);
    }

    /**
     * Opens a guest that is a component, from a resource of the class path.
     *
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Class<?> near, String resource) {
        return openComponent(ENGINE, near, resource);
    }

    /**
     * Opens a guest that is a component, from a resource of the class path, by a given engine.
     *
     * @param engine the engine that compiles the guest
     * @param near the class that the resource belongs to: see {@link Class#getResourceAsStream}
     * @param resource its name, relative to the package of that class unless it starts with {@code /}
     * @return the guest
     * @throws dev.airlock.error.ModuleException if there is no such resource, or it is not a component that can be run; if it is a core module, the error says so
     */
    public static ComponentGuest openComponent(Engine engine, Class<?> near, String resource) {
        return GuestBytes.of(near, resource).openComponent(engine);
    }
}
