package dev.airlock.engine;

import dev.airlock.engine.binary.FunctionNames;
import dev.airlock.engine.binary.ModuleDecoder;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.compile.ModuleCompiler;
import dev.airlock.engine.load.CompileOptions;
import dev.airlock.engine.load.CompiledCode;
import dev.airlock.engine.load.CompiledGroup;
import dev.airlock.engine.validate.ModuleValidator;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import dev.airlock.store.ByteStore;
import dev.airlock.store.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes modules of bytes, for one engine: decodes and validates them, finds their code in the cache or compiles it. */
final class ModuleSource {
    private final CompileThreads threads;
    private final @Nullable CodeCache cache;
    private final boolean collects;
    private final Engine.@Nullable CompileListener listener;
    private final CompileLimits limits;
    private final boolean deterministic;
    private final boolean fuel;

    /** @param collects whether modules may have objects of a collector */
    ModuleSource(
            int threads,
            @Nullable ByteStore cache,
            boolean collects,
            Engine.@Nullable CompileListener listener,
            CompileLimits limits,
            boolean deterministic,
            boolean fuel) {
        this.threads = new CompileThreads(threads);
        this.cache = cache == null ? null : new CodeCache(cache);
        this.collects = collects;
        this.listener = listener;
        this.limits = limits;
        this.deterministic = deterministic;
        this.fuel = fuel;
    }

    Module compile(String name, byte[] given) {
        byte[] bytes = given.clone();
        ModuleDefinition definition = ModuleDecoder.decode(name, bytes);
        if (!collects) {
            refuseObjects(definition);
        }
        ValidModule valid = ModuleValidator.validate(definition);
        if (cache == null) {
            return new Module(valid, compile(valid), false, fuel);
        }
        EntryKey key = CodeCache.key(bytes, deterministic, fuel);
        CompiledCode known = cache.find(key);
        if (known != null) {
            return new Module(valid, known, true, fuel);
        }
        CompiledCode code = compile(valid);
        var module = new Module(valid, code, false, fuel);
        cache.save(key, code);
        return module;
    }

    /** Refuses modules that can make objects of a collector. Making one needs a type. */
    private static void refuseObjects(ModuleDefinition module) {
        for (ModuleDefinition.RecursionGroup group : module.types()) {
            for (int i = 0; i < group.types().size(); i++) {
                ModuleDefinition.SubType type = group.types().get(i);
                if (type.kind() != ModuleDefinition.SubType.FUNC) {
                    throw new ModuleException(
                            module.name(),
                            type.offset(),
                            "type " + (group.first() + i) + " is "
                                    + (type.kind() == ModuleDefinition.SubType.STRUCT ? "a struct" : "an array")
                                    + ", an object of a collector, and this engine was made without them: see"
                                    + " Engine.Builder.wasmGc",
                            null);
                }
            }
        }
    }

    private CompiledCode compile(ValidModule module) {
        var progress =
                new CompileProgress(listener, module.name(), module.definition().functions().length);
        try {
            progress.begins();
            CompiledCode code = compile(module, progress);
            progress.ends();
            return code;
        } catch (ModuleException | LimitException e) {
            throw e;
        } catch (CancellationException e) {
            throw new ModuleException(
                    module.name(), ModuleException.UNKNOWN_OFFSET, "interrupted while it was compiled", e);
        } catch (RuntimeException e) {
            throw new ModuleException(
                    module.name(), ModuleException.UNKNOWN_OFFSET, "cannot be compiled: " + e.getMessage(), e);
        }
    }

    private CompiledCode compile(ValidModule module, CompileProgress progress) {
        FunctionNames names = FunctionNames.of(module.definition());
        var compiler = new ModuleCompiler(
                module,
                new CompileOptions(SourceLines.isIn(module.definition()), deterministic, fuel),
                limits,
                index -> names.of(index, module.definition()));
        List<Callable<CompiledGroup>> groups = new ArrayList<>();
        for (int i = 0; i < compiler.groupCount(); i++) {
            int number = i;
            groups.add(() -> {
                CompiledGroup group = compiler.compile(number);
                progress.compiled(group.count());
                return group;
            });
        }
        return compiler.finish(threads.run(groups));
    }
}
