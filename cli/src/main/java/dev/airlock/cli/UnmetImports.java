package dev.airlock.cli;

import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ImportType;
import java.util.List;

/** Stands in for functions that a guest imports and nobody has: each traps when it is called. */
final class UnmetImports {
    private static final String WASI = "wasi_snapshot_preview1";

    private UnmetImports() {}

    /** Memories, globals and tables stay unmet: there is nothing to call. */
    static void trap(Linker linker, Module module) {
        for (ImportType wanted : module.imports()) {
            if (wanted.type() instanceof CoreFuncType type && !wanted.module().equals(WASI)) {
                String name = wanted.module() + "." + wanted.name();
                try {
                    linker.function(wanted.module(), wanted.name(), type, (caller, args) -> {
                        throw new Trap(
                                TrapCode.HOST_FUNCTION,
                                "the guest called " + name + ", which is not here (--unknown-imports trap)",
                                List.of(),
                                null);
                    });
                } catch (SignatureException e) {
                    // References are in its type, so it cannot be defined; linking says that it is missing.
                    continue;
                }
            }
        }
    }
}
