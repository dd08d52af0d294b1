package dev.airlock.engine;

import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import dev.airlock.store.ByteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compiles core modules. An engine is immutable and thread-safe; one is enough for a program.
 *
 * <pre>{@code
 * Engine engine = Engine.withCodeCache(Path.of("cache"));
 * Module module = engine.compile(Path.of("kit.wasm"));
 *
 * Linker linker = engine.linker().function("env", "log", (Caller caller, int offset, int length) ->
 *         System.out.println(caller.memory().readString(offset, length)));
 * WasiPreview1.addTo(linker, WasiCtx.builder().build());
 * try (Instance instance = linker.instantiate(module)) {
 *   int sum = instance.function("add", IntBinaryOperator.class).applyAsInt(1, 2);
 * }
 * }</pre>
 *
 * <p>Modules, linkers and instances of different engines can be used together.
 */
public final class Engine {
    private final ModuleSource source;

    private Engine(Builder builder) {
        this.source = new ModuleSource(
                builder.compileThreads,
                builder.cacheFolder == null ? null : new ByteStore(builder.cacheFolder, builder.cacheCapacity),
                builder.wasmGc,
                builder.listener,
                builder.compileLimits,
                builder.deterministic,
                builder.fuel);
    }

    /** Is called while modules are compiled, to show how far that has come. */
    @FunctionalInterface
    public interface CompileListener {
        /**
         * Called when the compilation of a module begins, each time that more of its functions are compiled, and when it ends: then
         * {@code functions} equals {@code total}. Not called for a module without functions of its own, and not for one whose code
         * the code cache has.
         *
         * <p>The calls for one module come one after the other, from any of the threads that compile it. An exception ends the
         * compilation with a {@link ModuleException} that has it as its cause.
         *
         * @param module its name, as errors have it
         * @param functions how many are compiled; never fewer than in the call before
         * @param total how many the module defines
         */
        void compiled(String module, int functions, int total);
    }

    /** {@return an engine that compiles each module again and keeps nothing on disk} */
    public static Engine create() {
        return builder().build();
    }

    /**
     * Returns an engine with a {@linkplain Builder#codeCache code cache}, and defaults for the rest.
     *
     * @param folder the folder of the cache, made when it is first needed
     * @return an engine with a {@linkplain Builder#codeCache code cache}, and defaults for the rest
     */
    public static Engine withCodeCache(Path folder) {
        return builder().codeCache(folder).build();
    }

    /**
     * Returns a builder for an engine with other settings.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of an engine. */
    public static final class Builder {
        private @Nullable Path cacheFolder;
        private long cacheCapacity = 512L << 20;
        private boolean wasmGc = true;
        private boolean deterministic;
        private boolean fuel;
        private CompileLimits compileLimits = CompileLimits.defaults();
        private @Nullable CompileListener listener;
        // One processor is left for the JVM's own compiler, which a cold start keeps busy.
        private int compileThreads =
                Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));

        private Builder() {}

        /**
         * Keeps compiled code in a folder and finds it there the next time, which saves most of the start-up time of a short
         * run. Any number of processes may share the folder.
         *
         * <p>An entry is found by the SHA-256 of the module's bytes, the version of the compiler and its options, and used only if it
         * is whole; any other is compiled and written again. A user who can write to the folder can run code in this process. So
         * the folder is made for its owner alone, and not used if another user could have written what is in it.
         * Failures to read or write are reported at the debug level and cost only the time saved.
         *
         * @param folder made when it is first needed
         * @return this builder
         */
        public Builder codeCache(Path folder) {
            this.cacheFolder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Sets the maximum size of the cache, in bytes; by default 512 MiB. When an entry is added, the least recently used entries
         * are deleted until the cache fits.
         *
         * @param bytes the maximum number of bytes
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder codeCacheCapacity(long bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("a cache of " + bytes + " bytes keeps nothing");
            }
            this.cacheCapacity = bytes;
            return this;
        }

        /**
         * Sets the number of threads that compile a large module, including the caller: by default one fewer than processors, at least one
         * and at most eight. The number does not change the result.
         *
         * @param count the number of threads
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder compileThreads(int count) {
            if (count <= 0) {
                throw new IllegalArgumentException("modules cannot be compiled by " + count + " threads");
            }
            this.compileThreads = count;
            return this;
        }

        /**
         * Sets whether modules may use garbage-collected structs and arrays (core specification, section 2.3, Composite Types); by
         * default they may. Such objects lie in the JVM's heap, where {@link dev.airlock.limit.Limits#collectedBytes} bounds
         * them by an estimate. Guests in C, C++, Rust, Go, TinyGo, Zig and AssemblyScript have none.
         *
         * @param allowed if false, {@code compile} throws a {@link ModuleException} for a module that declares a struct or array type
         * @return this builder
         */
        public Builder wasmGc(boolean allowed) {
            this.wasmGc = allowed;
            return this;
        }

        /**
         * Sets how much the compilation of one module may take; by default {@link CompileLimits#defaults()}. A module whose code is
         * in the {@linkplain #codeCache code cache} is not compiled, so these limits do not apply to it.
         *
         * @param limits the limits
         * @return this builder
         */
        public Builder compileLimits(CompileLimits limits) {
            this.compileLimits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets whether a guest computes the same on every machine: arithmetic makes canonical NaNs only, and relaxed SIMD
         * instructions have the result of the deterministic profile (core specification, appendix, Profiles). By default the sign
         * and the payload of a NaN depend on the machine.
         *
         * @param deterministic true if results must not depend on the machine
         * @return this builder
         */
        public Builder deterministic(boolean deterministic) {
            this.deterministic = deterministic;
            return this;
        }

        /**
         * Sets whether the code of modules counts the operators that it executes, so that {@link dev.airlock.limit.Limits#fuel} can
         * limit their number; by default it does not. Code that counts is slower.
         *
         * @param counted true to count operators
         * @return this builder
         */
        public Builder fuel(boolean counted) {
            this.fuel = counted;
            return this;
        }

        /**
         * Sets what is called while modules are compiled; by default nothing is.
         *
         * @param called called with the progress of each compilation
         * @return this builder
         */
        public Builder compileListener(CompileListener called) {
            this.listener = Objects.requireNonNull(called, "called");
            return this;
        }

        /**
         * Returns an engine. The builder can be used again.
         *
         * @return the engine
         */
        public Engine build() {
            return new Engine(this);
        }
    }

    /**
     * Reads, validates and compiles a module from a file.
     *
     * @param file the file with the guest's binary form
     * @return the module
     * @throws ModuleException if there is no such file, it is not a module that can be run, or the thread is interrupted
     * @throws dev.airlock.error.LimitException if compiling it takes more than the {@linkplain Builder#compileLimits limits}
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
     * @return the module
     * @throws ModuleException if the bytes are not a module that can be run, or the thread is interrupted
     * @throws dev.airlock.error.LimitException if compiling it takes more than the {@linkplain Builder#compileLimits limits}
     */
    public Module compile(String name, byte[] bytes) {
        return source.compile(name, bytes);
    }

    /** {@return a new, empty linker} */
    public Linker linker() {
        return new Linker();
    }
}
