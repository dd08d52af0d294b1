package dev.airlock;

import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** A guest as it was read, once, from wherever it came. */
record GuestBytes(String name, byte[] bytes) {
    private static final int LAYER_OFFSET = 6;

    static GuestBytes of(Path file) {
        try {
            return new GuestBytes(
                    Objects.requireNonNullElse(file.getFileName(), file).toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file.toString(), "no such file", e);
        } catch (IOException e) {
            throw unreadable(
                    file.toString(),
                    "cannot be read: " + (Files.isDirectory(file) ? "it is a folder" : e.getMessage()),
                    e);
        }
    }

    static GuestBytes of(String name, InputStream in) {
        try {
            return new GuestBytes(name, in.readAllBytes());
        } catch (IOException e) {
            throw unreadable(name, "cannot be read: " + e.getMessage(), e);
        }
    }

    static GuestBytes of(Class<?> near, String resource) {
        try (InputStream in = near.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ModuleException(
                        resource,
                        ModuleException.UNKNOWN_OFFSET,
                        "no such resource, as seen from " + near.getName() + ": a name is relative to "
                                + (near.getPackageName().isEmpty() ? "the unnamed package" : near.getPackageName())
                                + ", unless it starts with \"/\"; a resource in another Java module has to be in a"
                                + " package that is open",
                        null);
            }
            return of(resource.substring(resource.lastIndexOf('/') + 1), in);
        } catch (IOException e) {
            throw unreadable(resource, "cannot be closed: " + e.getMessage(), e);
        }
    }

    private static ModuleException unreadable(String name, String why, IOException e) {
        return new ModuleException(name, ModuleException.UNKNOWN_OFFSET, why, e);
    }

    Guest open(Engine engine) {
        return Component.isComponent(bytes) ? openComponent(engine) : openModule(engine);
    }

    CoreGuest openModule(Engine engine) {
        if (Component.isComponent(bytes)) {
            throw new ModuleException(
                    name,
                    LAYER_OFFSET,
                    "this is a component, not a core module: Airlock.openComponent opens it, and Airlock.open either kind",
                    null);
        }
        return new CoreGuest(engine.compile(name, bytes));
    }

    ComponentGuest openComponent(Engine engine) {
        if (!Component.isComponent(bytes)) {
            // What is no module either is reported as such.
            Module module = engine.compile(name, bytes);
            throw new ModuleException(
                    name,
                    LAYER_OFFSET,
                    "this is a core module" + (module.isCommand() ? ", a program" : "")
                            + ", not a component: Airlock.openModule opens it, and Airlock.open either kind",
                    null);
        }
        return new ComponentGuest(Component.compile(engine, name, bytes));
    }
}
