package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.binary.FunctionNames;
import dev.airlock.engine.binary.ReducedModule;
import dev.airlock.error.ModuleException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ImportType;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import run.endive.wasm.InvalidException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;

/**
 * A module as read, to instantiate and to look at. Public for the library itself.
 *
 * @param wasm Endive's model of it, without the bodies of functions that are compiled
 * @param imports in order
 * @param exports in order, their names all different
 * @param names from the name section
 * @param hasTailCalls whether any function has a tail call, which Endive's compiled code runs by a trampoline
 */
public record ParsedModule(
        WasmModule wasm,
        List<ImportType> imports,
        List<ExportType> exports,
        FunctionNames names,
        boolean hasTailCalls) {
    /** What there is to know beside the code: function bodies are read only where Endive's interpreter runs them. */
    static ParsedModule of(String module, BinaryLayout layout, byte[] bytes, CompiledCode code) {
        byte[] reduced =
                ReducedModule.withoutBodies(layout, bytes, code.importedFunctions(), code.interpreted()::containsKey);
        // All of it was validated when it was compiled; but the interpreter needs what validating leaves in the bodies.
        WasmModule wasm =
                WasmReader.read(module, layout, reduced, !code.interpreted().isEmpty());
        return of(module, layout, bytes, wasm, code.hasTailCalls());
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

    public int importedFunctions() {
        return wasm.importSection().count(ExternalType.FUNCTION);
    }

    public CoreFuncType functionType(int index) {
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
    public String functionName(int index) {
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
