package dev.airlock.engine.code;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ExternType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.TableImport;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.TagImport;
import run.endive.wasm.types.ValType;

/** Endive's types and ours. Public for the library itself. */
public final class EndiveTypes {
    private EndiveTypes() {}

    public static CoreValType of(ValType type) {
        if (type.equals(ValType.I32)) {
            return CoreValType.I32;
        } else if (type.equals(ValType.I64)) {
            return CoreValType.I64;
        } else if (type.equals(ValType.F32)) {
            return CoreValType.F32;
        } else if (type.equals(ValType.F64)) {
            return CoreValType.F64;
        } else if (type.equals(ValType.V128)) {
            return CoreValType.V128;
        } else if (type.equals(ValType.FuncRef)) {
            return CoreValType.FUNCREF;
        } else if (type.equals(ValType.ExternRef)) {
            return CoreValType.EXTERNREF;
        } else if (type.equals(ValType.ExnRef)) {
            return CoreValType.EXNREF;
        }
        // Endive's types of the GC proposal cannot be told apart here; none of them crosses.
        return CoreValType.ANYREF;
    }

    public static boolean isException(ValType type) {
        return type.isReference() && type.typeIdx() == ValType.TypeIdxCode.EXN.code();
    }

    public static CoreFuncType of(FunctionType type) {
        return new CoreFuncType(
                type.params().stream().map(EndiveTypes::of).toList(),
                type.returns().stream().map(EndiveTypes::of).toList());
    }

    public static FunctionType toEndive(CoreFuncType type) {
        return FunctionType.of(
                type.params().stream().map(EndiveTypes::toEndive).toList(),
                type.results().stream().map(EndiveTypes::toEndive).toList());
    }

    public static ValType toEndive(CoreValType type) {
        return switch (type.kind()) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
            case V128 -> ValType.V128;
            case REF -> {
                if (type == CoreValType.FUNCREF) {
                    yield ValType.FuncRef;
                } else if (type == CoreValType.EXTERNREF) {
                    yield ValType.ExternRef;
                } else if (type == CoreValType.EXNREF) {
                    yield ValType.ExnRef;
                }
                throw new IllegalArgumentException("no host value has a type of the GC proposal");
            }
        };
    }

    /** Endive's carrier of a type: a funcref is an index; void for what does not cross. */
    public static Class<?> carrier(CoreValType type) {
        if (type == CoreValType.FUNCREF) {
            return int.class;
        }
        return type.isNumber() || type == CoreValType.EXTERNREF ? type.carrier() : void.class;
    }

    public static boolean crosses(CoreFuncType type) {
        return type.params().stream().allMatch(p -> carrier(p) != void.class)
                && type.results().stream().allMatch(r -> carrier(r) != void.class);
    }

    public static MemoryType of(MemoryLimits limits) {
        return new MemoryType(
                limits.initialPages(),
                limits.maximumPages() == 65_536 ? MemoryType.NO_MAXIMUM : limits.maximumPages(),
                limits.shared());
    }

    public static TableType of(ValType element, TableLimits limits) {
        return new TableType(
                of(element), limits.min(), limits.max() >= TableLimits.LIMIT_MAX ? TableType.NO_MAXIMUM : limits.max());
    }

    public static GlobalType of(ValType value, MutabilityType mutability) {
        return new GlobalType(of(value), mutability == MutabilityType.Var);
    }

    public static List<ImportType> imports(WasmModule module) {
        return module.importSection().stream()
                .map(i -> new ImportType(i.module(), i.name(), of(module, i)))
                .toList();
    }

    private static ExternType of(WasmModule module, Import wanted) {
        if (wanted instanceof FunctionImport f) {
            return of(module.typeSection().getType(f.typeIndex()));
        } else if (wanted instanceof MemoryImport m) {
            return of(m.limits());
        } else if (wanted instanceof TableImport t) {
            return of(t.entryType(), t.limits());
        } else if (wanted instanceof GlobalImport g) {
            return of(g.type(), g.mutabilityType());
        } else if (wanted instanceof TagImport t) {
            return new TagType(of(module.typeSection().getType(t.tagType().typeIdx())));
        }
        throw new IllegalArgumentException("an import of a kind that is not known: " + wanted);
    }

    public static List<ExportType> exports(WasmModule module) {
        var section = module.exportSection();
        var exports = new ArrayList<ExportType>(section.exportCount());
        for (int i = 0; i < section.exportCount(); i++) {
            var export = section.getExport(i);
            exports.add(new ExportType(export.name(), of(module, export.exportType(), export.index())));
        }
        return List.copyOf(exports);
    }

    private static ExternType of(WasmModule module, ExternalType kind, int index) {
        int imported = module.importSection().count(kind);
        if (index < imported) {
            return of(
                    module,
                    module.importSection().stream()
                            .filter(i -> i.importType() == kind)
                            .skip(index)
                            .findFirst()
                            .orElseThrow());
        }
        int defined = index - imported;
        return switch (kind) {
            case FUNCTION -> of(module.functionSection().getFunctionType(defined, module.typeSection()));
            case MEMORY ->
                of(module.memorySection().orElseThrow().getMemory(defined).limits());
            case TABLE -> {
                var table = module.tableSection().getTable(defined);
                yield of(table.elementType(), table.limits());
            }
            case GLOBAL -> {
                var global = module.globalSection().getGlobal(defined);
                yield of(global.valueType(), global.mutabilityType());
            }
            case TAG ->
                new TagType(of(module.typeSection()
                        .getType(module.tagSection()
                                .orElseThrow()
                                .getTag(defined)
                                .typeIdx())));
        };
    }
}
