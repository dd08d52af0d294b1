package dev.airlock.engine;

import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compiles modules. Immutable and thread-safe; one is enough for a program, and the parts made with one engine may meet
 * those of another.
 */
public final class Engine {
    private final @Nullable CodeCache cache;

    private Engine(@Nullable CodeCache cache) {
        this.cache = cache;
    }

    /** An engine that compiles each module anew and keeps nothing on disk. */
    public static Engine create() {
        return new Engine(null);
    }

    /**
     * An engine that keeps compiled code in a folder and finds it there the next time, which saves most of the start-up
     * time of a short run.
     *
     * <p>An entry is found by the SHA-256 of the module's bytes. It is used only if it is of that module, of this version
     * of its format and of Endive, and its checksum is right; any other is compiled and written anew. Who can write to the
     * folder can run code in this process: give it the same protection as the program itself. Failures to write are
     * reported at the debug level and cost only the time saved.
     *
     * @param folder made when it is first needed
     */
    public static Engine withCodeCache(Path folder) {
        return new Engine(new CodeCache(Objects.requireNonNull(folder, "folder")));
    }

    /**
     * Reads, validates and compiles a module from a file.
     *
     * @throws ModuleException if there is no such file, or it is not a module that can be run
     */
    public Module compile(Path file) {
        String name = Objects.requireNonNullElse(file.getFileName(), file).toString();
        try {
            return compile(name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ModuleException(file.toString(), ModuleException.UNKNOWN_OFFSET, "no such file", e);
        } catch (IOException e) {
            throw new ModuleException(
                    file.toString(), ModuleException.UNKNOWN_OFFSET, "cannot be read: " + reason(file, e), e);
        }
    }

    private static String reason(Path file, IOException e) {
        return Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
    }

    /**
     * Validates and compiles a module.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @throws ModuleException if the bytes are not a module that can be run
     */
    public Module compile(String name, byte[] bytes) {
        return Module.compile(name, bytes, cache);
    }

    /** A new, empty linker. */
    public Linker linker() {
        return new Linker();
    }
}
