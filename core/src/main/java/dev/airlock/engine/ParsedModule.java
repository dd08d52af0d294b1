package dev.airlock.engine;

import dev.airlock.error.ModuleException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ImportType;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import run.endive.wasm.InvalidException;
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
 * @param imports in order
 * @param exports in order, their names all different
 * @param names from the name section
 * @param hasTailCalls whether any function has a tail call, which Endive's compiled code runs by a trampoline
 */
record ParsedModule(
        WasmModule wasm,
        List<ImportType> imports,
        List<ExportType> exports,
        FunctionNames names,
        boolean hasTailCalls) {
    static ParsedModule parse(String module, BinaryLayout layout, byte[] bytes) {
        WasmModule wasm = read(module, layout, ReducedModule.withoutNames(layout, bytes), true);
        return of(module, layout, bytes, wasm, hasTailCalls(wasm));
    }

    static ParsedModule ofCached(String module, BinaryLayout layout, byte[] bytes, CodeCache.Entry entry) {
        byte[] reduced = ReducedModule.withoutBodies(
                layout, bytes, entry.importedFunctions(), entry.code().interpreted());
        WasmModule wasm = read(module, layout, reduced, false);
        return of(module, layout, bytes, wasm, entry.hasTailCalls());
    }

    private static ParsedModule of(
            String module, BinaryLayout layout, byte[] bytes, WasmModule wasm, boolean hasTailCalls) {
        try {
            List<ExportType> exports = EndiveTypes.exports(wasm);
            Set<String> seen = new HashSet<>();
            for (ExportType export : exports) {
                if (!seen.add(export.name())) {
                    throw new ModuleException(
                            module,
                            ModuleException.UNKNOWN_OFFSET,
                            "invalid: two exports have the name \"" + export.name() + "\"",
                            null);
                }
            }
            return new ParsedModule(
                    wasm, EndiveTypes.imports(wasm), exports, FunctionNames.of(layout, bytes), hasTailCalls);
        } catch (IndexOutOfBoundsException | NoSuchElementException | InvalidException e) {
            throw new ModuleException(
                    module,
                    ModuleException.UNKNOWN_OFFSET,
                    "invalid: an import or an export names what is not there: " + e.getMessage(),
                    e);
        }
    }

    private static WasmModule read(String module, BinaryLayout layout, byte[] reduced, boolean validate) {
        try {
            return Parser.builder().withValidation(validate).build().parse(() -> new ByteArrayInputStream(reduced));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // Endive lets many of the JVM's own exceptions out where the contents of a section are not sound.
            throw failure(module, layout, reduced, e);
        } catch (OutOfMemoryError e) {
            // A count in the file asked for it, and what was read of it so far is garbage: no danger to the host.
            throw new ModuleException(
                    module, ModuleException.UNKNOWN_OFFSET, "it declares more than the heap has room for", e);
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
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
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

    /** A function's name in the name section as it stands there, else that of its import or export, else {@code func[12]}. */
    String functionName(int index) {
        String name = names.name(index);
        if (name != null && !name.isEmpty()) {
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
