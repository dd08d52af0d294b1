package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a module once it is compiled. Public for the library itself.
 *
 * @param parsed what it declares
 * @param code its functions
 * @param interpreted see {@link CompiledCode#interpreted}
 * @param large see {@link CompiledCode#large}
 * @param cached whether its code was found and not made
 * @param sourceLines null where the module does not say where in its sources it is
 */
public record CompiledModule(
        ParsedModule parsed,
        LoadedCode code,
        Map<Integer, Integer> interpreted,
        Map<Integer, Integer> large,
        boolean cached,
        @Nullable SourceLines sourceLines) {
    static CompiledModule of(String name, BinaryLayout layout, byte[] bytes, CompiledCode code, boolean cached) {
        ParsedModule parsed = ParsedModule.of(name, layout, bytes, code);
        return new CompiledModule(
                parsed,
                new LoadedCode(code, parsed.wasm().typeSection()),
                code.interpreted(),
                code.large(),
                cached,
                SourceLines.of(name, layout, bytes, code.importedFunctions()));
    }
}
