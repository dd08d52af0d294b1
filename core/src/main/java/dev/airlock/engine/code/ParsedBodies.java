package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.binary.ReducedModule;
import java.util.function.IntPredicate;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/**
 * A module as read and validated, with the bodies of functions, all or some: what is compiled. It is large, and not kept.
 *
 * @param hasTailCalls whether any of the bodies has a tail call
 * @param callsReferences whether any of the bodies calls a function by a reference to it
 */
record ParsedBodies(WasmModule wasm, boolean hasTailCalls, boolean callsReferences) {
    static ParsedBodies all(String module, BinaryLayout layout, byte[] bytes) {
        return of(WasmReader.read(module, layout, ReducedModule.withoutNames(layout, bytes), true));
    }

    /** @param kept the indices of the functions whose bodies are read */
    static ParsedBodies some(
            String module, BinaryLayout layout, byte[] bytes, int importedFunctions, IntPredicate kept) {
        byte[] reduced = ReducedModule.withoutBodies(layout, bytes, importedFunctions, kept);
        return of(WasmReader.read(module, layout, reduced, true));
    }

    static ParsedBodies of(WasmModule wasm) {
        boolean tailCalls = false;
        boolean references = false;
        for (int i = 0; i < wasm.codeSection().functionBodyCount(); i++) {
            for (var instruction : wasm.codeSection().getFunctionBody(i).instructions()) {
                switch (instruction.opcode()) {
                    case RETURN_CALL, RETURN_CALL_INDIRECT -> tailCalls = true;
                    case RETURN_CALL_REF -> {
                        tailCalls = true;
                        references = true;
                    }
                    case CALL_REF -> references = true;
                    default -> {}
                }
            }
        }
        return new ParsedBodies(wasm, tailCalls, references);
    }

    int importedFunctions() {
        return wasm.importSection().count(ExternalType.FUNCTION);
    }
}
