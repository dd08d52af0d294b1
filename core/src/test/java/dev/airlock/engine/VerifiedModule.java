package dev.airlock.engine;

import dev.airlock.engine.binary.FunctionNames;
import dev.airlock.engine.binary.ModuleDecoder;
import dev.airlock.engine.compile.ModuleCompiler;
import dev.airlock.engine.load.CompileOptions;
import dev.airlock.engine.load.CompiledCode;
import dev.airlock.engine.load.CompiledGroup;
import dev.airlock.engine.load.LoadedCode;
import dev.airlock.engine.validate.ModuleValidator;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compiles a module as an engine does, except that nothing hides the compiler's own failures, and has the JVM verify each class. */
final class VerifiedModule {
    private static final CompileLimits LIMITS = CompileLimits.defaults().time(Duration.ofSeconds(20));

    private VerifiedModule() {}

    /**
     * Returns whether bytes are a module that can be compiled. Throws an error if they are refused without an offset within
     * them; passes on whatever else is thrown.
     */
    static boolean compiles(byte[] bytes) {
        try {
            ValidModule module = ModuleValidator.validate(ModuleDecoder.decode("hostile.wasm", bytes));
            verify(module, compile(module));
            return true;
        } catch (ModuleException e) {
            if (e.byteOffset() < 0 || e.byteOffset() > bytes.length) {
                throw new AssertionError("byte " + e.byteOffset() + " of " + bytes.length, e);
            }
            return false;
        } catch (LimitException e) {
            return false;
        }
    }

    private static CompiledCode compile(ValidModule module) {
        FunctionNames names = FunctionNames.of(module.definition());
        var compiler = new ModuleCompiler(
                module,
                new CompileOptions(SourceLines.isIn(module.definition()), false, false),
                LIMITS,
                index -> names.of(index, module.definition()));
        List<CompiledGroup> groups = new ArrayList<>();
        for (int i = 0; i < compiler.groupCount(); i++) {
            groups.add(compiler.compile(i));
        }
        return compiler.finish(groups);
    }

    private static void verify(ValidModule module, CompiledCode code) {
        ClassLoader loader =
                new LoadedCode(code, module).newInstance(false).getClass().getClassLoader();
        Set<String> types = new LinkedHashSet<>(code.others().keySet());
        code.groups().forEach(group -> types.addAll(group.classes().keySet()));
        for (String type : types) {
            try {
                Class.forName(type, true, loader);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }
}
