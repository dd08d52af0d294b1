package dev.airlock.engine;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ExternType;
import dev.airlock.type.FieldType.Storage;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The types of modules as programs see them. */
final class ApiTypes {
    private ApiTypes() {}

    /** Returns the type of a module's global in a form that other modules understand. */
    static FieldType globalField(ValidModule module, int index) {
        FieldType value = module.portable(module.globalType(index));
        return new FieldType(value.code(), value.defined(), module.globalMutable(index));
    }

    static GlobalType global(FieldType type) {
        return new GlobalType(of(type), type.mutable());
    }

    static CoreValType of(FieldType type) {
        int code = type.code();
        return switch (code) {
            case ValueTypes.I32 -> CoreValType.I32;
            case ValueTypes.I64 -> CoreValType.I64;
            case ValueTypes.F32 -> CoreValType.F32;
            case ValueTypes.F64 -> CoreValType.F64;
            case ValueTypes.V128 -> CoreValType.V128;
            default ->
                CoreValType.ref(
                        ValueTypes.isNullable(code),
                        type.defined() == null
                                ? abstractType(ValueTypes.heapType(code))
                                : new GuestType(type.defined()));
        };
    }

    private static AbstractHeapType abstractType(int heapType) {
        return switch (heapType) {
            case ValueTypes.HEAP_FUNC -> AbstractHeapType.FUNC;
            case ValueTypes.HEAP_NOFUNC -> AbstractHeapType.NOFUNC;
            case ValueTypes.HEAP_EXTERN -> AbstractHeapType.EXTERN;
            case ValueTypes.HEAP_NOEXTERN -> AbstractHeapType.NOEXTERN;
            case ValueTypes.HEAP_ANY -> AbstractHeapType.ANY;
            case ValueTypes.HEAP_EQ -> AbstractHeapType.EQ;
            case ValueTypes.HEAP_I31 -> AbstractHeapType.I31;
            case ValueTypes.HEAP_STRUCT -> AbstractHeapType.STRUCT;
            case ValueTypes.HEAP_ARRAY -> AbstractHeapType.ARRAY;
            case ValueTypes.HEAP_NONE -> AbstractHeapType.NONE;
            case ValueTypes.HEAP_EXN -> AbstractHeapType.EXN;
            case ValueTypes.HEAP_NOEXN -> AbstractHeapType.NOEXN;
            default -> throw new IllegalArgumentException("no abstract heap type: " + heapType);
        };
    }

    /** Returns the type of host's values in the form that modules compare. */
    static FieldType field(CoreValType type, boolean mutable) {
        return switch (type.kind()) {
            case I32 -> new FieldType(ValueTypes.I32, null, mutable);
            case I64 -> new FieldType(ValueTypes.I64, null, mutable);
            case F32 -> new FieldType(ValueTypes.F32, null, mutable);
            case F64 -> new FieldType(ValueTypes.F64, null, mutable);
            case V128 -> new FieldType(ValueTypes.V128, null, mutable);
            case REF ->
                type.heapType() instanceof GuestType guest
                        ? new FieldType(ValueTypes.reference(type.isNullable(), 0), guest.defined(), mutable)
                        : new FieldType(
                                ValueTypes.reference(type.isNullable(), heapType((AbstractHeapType) type.heapType())),
                                null,
                                mutable);
        };
    }

    /** Returns the type of a field of a struct or the elements of an array. */
    static dev.airlock.type.FieldType stored(FieldType type) {
        return switch (type.code()) {
            case ValueTypes.I8 -> new dev.airlock.type.FieldType(Storage.I8, CoreValType.I32, type.mutable());
            case ValueTypes.I16 -> new dev.airlock.type.FieldType(Storage.I16, CoreValType.I32, type.mutable());
            default -> dev.airlock.type.FieldType.of(of(type), type.mutable());
        };
    }

    /** The same the other way round. */
    static FieldType field(dev.airlock.type.FieldType type) {
        return switch (type.storage()) {
            case VALUE -> field(type.type(), type.mutable());
            case I8 -> new FieldType(ValueTypes.I8, null, type.mutable());
            case I16 -> new FieldType(ValueTypes.I16, null, type.mutable());
        };
    }

    private static int heapType(AbstractHeapType type) {
        return switch (type) {
            case FUNC -> ValueTypes.HEAP_FUNC;
            case NOFUNC -> ValueTypes.HEAP_NOFUNC;
            case EXTERN -> ValueTypes.HEAP_EXTERN;
            case NOEXTERN -> ValueTypes.HEAP_NOEXTERN;
            case ANY -> ValueTypes.HEAP_ANY;
            case EQ -> ValueTypes.HEAP_EQ;
            case I31 -> ValueTypes.HEAP_I31;
            case STRUCT -> ValueTypes.HEAP_STRUCT;
            case ARRAY -> ValueTypes.HEAP_ARRAY;
            case NONE -> ValueTypes.HEAP_NONE;
            case EXN -> ValueTypes.HEAP_EXN;
            case NOEXN -> ValueTypes.HEAP_NOEXN;
        };
    }

    static CoreFuncType of(DefinedType type) {
        return new CoreFuncType(values(type.first()), values(type.results()));
    }

    private static List<CoreValType> values(FieldType[] types) {
        return Stream.of(types).map(ApiTypes::of).toList();
    }

    static MemoryType of(ModuleDefinition.Memory memory) {
        ModuleDefinition.Limits limits = memory.limits();
        return new MemoryType(
                limits.minimum(),
                limits.hasMaximum() ? saturated(limits.maximum()) : MemoryType.NO_MAXIMUM,
                limits.shared(),
                limits.is64(),
                1 << memory.pageShift());
    }

    private static TableType of(ValidModule module, ModuleDefinition.Table table) {
        ModuleDefinition.Limits limits = table.limits();
        return new TableType(
                of(module.portable(table.element())),
                limits.minimum(),
                limits.hasMaximum() ? saturated(limits.maximum()) : TableType.NO_MAXIMUM,
                limits.is64());
    }

    /** A maximum is unsigned; beyond 2^63 there is none. */
    private static long saturated(long maximum) {
        return maximum < 0 ? Long.MAX_VALUE : maximum;
    }

    static List<ImportType> imports(ValidModule module) {
        var imports = new ArrayList<ImportType>();
        int[] counts = new int[5];
        for (ModuleDefinition.Import wanted : module.definition().imports()) {
            imports.add(
                    new ImportType(wanted.module(), wanted.name(), of(module, wanted.kind(), counts[wanted.kind()]++)));
        }
        return List.copyOf(imports);
    }

    static List<ExportType> exports(ValidModule module) {
        var exports = new ArrayList<ExportType>();
        for (ModuleDefinition.Export export : module.definition().exports()) {
            exports.add(new ExportType(export.name(), of(module, export.kind(), export.index())));
        }
        return List.copyOf(exports);
    }

    /**
     * Returns the type of an item of a module.
     *
     * @param kind as {@link ModuleDefinition} numbers them
     * @param index among all items of the kind
     */
    static ExternType of(ValidModule module, int kind, int index) {
        return switch (kind) {
            case ModuleDefinition.FUNCTION -> of(module.functionType(index));
            case ModuleDefinition.TABLE -> of(module, module.table(index));
            case ModuleDefinition.MEMORY -> of(module.memory(index));
            case ModuleDefinition.GLOBAL -> global(globalField(module, index));
            case ModuleDefinition.TAG -> new TagType(of(module.type(module.tagTypeIndex(index))));
            default -> throw new IllegalArgumentException("no kind of import or export: " + kind);
        };
    }
}
