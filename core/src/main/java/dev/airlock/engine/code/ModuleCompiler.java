package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.binary.DeclaredLocals;
import dev.airlock.error.ModuleException;
import dev.airlock.store.ByteStore;
import dev.airlock.store.EntryKey;
import org.jspecify.annotations.Nullable;

/** Makes code of modules, or finds it where it was kept. Thread-safe; public for the library itself, as this room is. */
public final class ModuleCompiler {
    private final CompileThreads threads;
    private final @Nullable CodeCache cache;
    private final boolean collects;
    private final @Nullable Listener listener;

    /** Is called while modules are compiled: {@code Engine.CompileListener} has the contract. */
    @FunctionalInterface
    public interface Listener {
        void compiled(String module, int functions, int total);
    }

    /**
     * @param threads how many work on a large module, with the one that calls
     * @param kept where code is looked for and kept; null for nowhere
     * @param collects whether modules may make objects of a collector
     * @param listener called while a module is compiled; null for none
     */
    public ModuleCompiler(int threads, @Nullable ByteStore kept, boolean collects, @Nullable Listener listener) {
        this.listener = listener;
        this.collects = collects;
        this.threads = new CompileThreads(threads);
        this.cache = kept == null ? null : new CodeCache(kept);
    }

    /**
     * Reads, validates and compiles.
     *
     * @param name how errors name the module
     * @throws ModuleException if the bytes are not a module that can be run
     */
    public CompiledModule compile(String name, byte[] bytes) {
        BinaryLayout layout = BinaryLayout.read(name, bytes);
        CompiledModule module = compile(name, bytes, layout);
        if (!collects) {
            CollectedTypes.refuse(name, layout, module.parsed().wasm().typeSection());
        }
        return module;
    }

    private CompiledModule compile(String name, byte[] bytes, BinaryLayout layout) {
        if (cache == null) {
            return CompiledModule.of(name, layout, bytes, code(name, layout, bytes), false);
        }
        EntryKey key = CodeCache.key(bytes);
        CompiledCode known = cache.find(key);
        if (known != null) {
            return CompiledModule.of(name, layout, bytes, known, true);
        }
        CompiledCode code = code(name, layout, bytes);
        CompiledModule module = CompiledModule.of(name, layout, bytes, code, false);
        cache.save(key, code);
        return module;
    }

    private CompiledCode code(String name, BinaryLayout layout, byte[] bytes) {
        DeclaredLocals.check(name, layout, bytes);
        var progress = new CompileProgress(listener, name, layout.bodySizes().length);
        try {
            progress.begins();
            CompiledCode code = Compilation.of(name, layout, bytes, threads, progress);
            CompiledCode finished = SourceLines.isIn(layout, bytes)
                    ? AnchoredCode.of(
                            code, ParsedBodies.all(name, layout, bytes).wasm())
                    : code;
            progress.ends();
            return finished;
        } catch (ModuleException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new ModuleException(name, ModuleException.UNKNOWN_OFFSET, "cannot be compiled: " + e.getMessage(), e);
        }
    }
}
