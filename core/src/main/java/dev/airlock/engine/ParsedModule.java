package dev.airlock.engine;

import dev.airlock.error.ModuleException;
import dev.airlock.type.CoreFuncType;
import java.io.ByteArrayInputStream;
import java.nio.BufferUnderflowException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.OpCode;

/**
 * A module as read and validated.
 *
 * @param wasm Endive's model of it; without function bodies where compiled code came from the cache
 * @param names from the name section
 * @param hasTailCalls whether any function has a tail call, which Endive's compiled code runs by a trampoline
 */
record ParsedModule(WasmModule wasm, FunctionNames names, boolean hasTailCalls) {
    static ParsedModule parse(String module, BinaryLayout layout, byte[] bytes) {
        WasmModule wasm = read(module, layout, ReducedModule.withoutNames(layout, bytes), true);
        return new ParsedModule(wasm, FunctionNames.of(layout, bytes), hasTailCalls(wasm));
    }

    static ParsedModule ofCached(String module, BinaryLayout layout, byte[] bytes, CodeCache.Entry entry) {
        byte[] reduced = ReducedModule.withoutBodies(
                layout, bytes, entry.importedFunctions(), entry.code().interpreted());
        WasmModule wasm = read(module, layout, reduced, false);
        return new ParsedModule(wasm, FunctionNames.of(layout, bytes), entry.hasTailCalls());
    }

    private static WasmModule read(String module, BinaryLayout layout, byte[] reduced, boolean validate) {
        try {
            return Parser.builder().withValidation(validate).build().parse(() -> new ByteArrayInputStream(reduced));
        } catch (WasmEngineException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | NegativeArraySizeException
                | NullPointerException
                | ClassCastException
                | StackOverflowError e) {
            // Endive's parser lets some of the JVM's own exceptions out where the contents of a section are not sound.
            throw failure(module, layout, reduced, e);
        }
    }

    private static ModuleException failure(String module, BinaryLayout layout, byte[] reduced, Throwable e) {
        String said = e instanceof WasmEngineException && e.getMessage() != null
                ? e.getMessage()
                : "its contents are not sound";
        BinaryLayout read = BinaryLayout.read(module, reduced);
        int failing = sectionsRead(reduced);
        if (failing == read.sections().size()) {
            return new ModuleException(module, ModuleException.UNKNOWN_OFFSET, "invalid: " + said, e);
        }
        BinaryLayout.Section section = read.sections().get(failing);
        int offset = layout.sections().stream()
                .filter(s -> s.id() == section.id())
                .findFirst()
                .orElse(section)
                .start();
        return new ModuleException(module, offset, "malformed " + section.name() + " section: " + said, e);
    }

    private static int sectionsRead(byte[] reduced) {
        int[] count = {0};
        try {
            Parser.builder()
                    .withValidation(false)
                    .build()
                    .parse(new ByteArrayInputStream(reduced), section -> count[0]++);
        } catch (RuntimeException | StackOverflowError e) {
            return count[0];
        }
        return count[0];
    }

    private static boolean hasTailCalls(WasmModule wasm) {
        for (int i = 0; i < wasm.codeSection().functionBodyCount(); i++) {
            for (var instruction : wasm.codeSection().getFunctionBody(i).instructions()) {
                OpCode code = instruction.opcode();
                if (code == OpCode.RETURN_CALL
                        || code == OpCode.RETURN_CALL_INDIRECT
                        || code == OpCode.RETURN_CALL_REF) {
                    return true;
                }
            }
        }
        return false;
    }

    int importedFunctions() {
        return wasm.importSection().count(ExternalType.FUNCTION);
    }

    CoreFuncType functionType(int index) {
        int imported = importedFunctions();
        if (index >= imported) {
            return EndiveTypes.of(wasm.functionSection().getFunctionType(index - imported, wasm.typeSection()));
        }
        return EndiveTypes.of(wasm.typeSection().getType(imported(index).typeIndex()));
    }

    private FunctionImport imported(int index) {
        return wasm.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .map(FunctionImport.class::cast)
                .skip(index)
                .findFirst()
                .orElseThrow();
    }

    /** A function's name in the name section, else that of its import or export, else {@code func[12]}. */
    String functionName(int index) {
        String name = names.name(index);
        if (name != null) {
            return name;
        }
        if (index < importedFunctions()) {
            FunctionImport imported = imported(index);
            return imported.module() + "." + imported.name();
        }
        var exports = wasm.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            var export = exports.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.index() == index) {
                return export.name();
            }
        }
        return "func[" + index + "]";
    }
}
