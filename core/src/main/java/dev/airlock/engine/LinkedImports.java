package dev.airlock.engine;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.GlobalInstance;
import dev.airlock.engine.runtime.Imports;
import dev.airlock.engine.runtime.TableInstance;
import dev.airlock.engine.runtime.TagInstance;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.Matching;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.MemoryLimits;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an instance imports, by kind and in order. Each is checked against the type that the module wants. */
final class LinkedImports {
    private final Instance importer;
    private final ValidModule module;
    private final List<ModuleDefinition.Import> wanted;
    private int next;

    private final List<FuncRef> functions = new ArrayList<>();
    final List<LinearMemory> memories = new ArrayList<>();
    private final List<TableInstance> tables = new ArrayList<>();
    private final List<GlobalInstance> globals = new ArrayList<>();
    private final List<TagInstance> tags = new ArrayList<>();

    LinkedImports(Instance importer) {
        this.importer = importer;
        this.module = importer.module().valid();
        this.wanted = module.definition().imports();
    }

    /** Returns all that were given. */
    Imports all() {
        return new Imports(
                functions.toArray(new FuncRef[0]),
                memories.toArray(new LinearMemory[0]),
                tables.toArray(new TableInstance[0]),
                globals.toArray(new GlobalInstance[0]),
                tags.toArray(new TagInstance[0]));
    }

    static String show(ExternType type) {
        return type instanceof CoreFuncType ? "func " + type : type.toString();
    }

    private ModuleDefinition.Import take() {
        return wanted.get(next++);
    }

    /**
     * Gives the next import.
     *
     * @return whether it has the type that is wanted; if not, the import is left out
     */
    boolean add(Extern given) {
        if (given instanceof CoreFunc func) {
            ModuleDefinition.Import asked = take();
            return asked.kind() == ModuleDefinition.FUNCTION && add(func, module.type(asked.typeIndex()));
        }
        return add(((Extern.Defined) given).definition());
    }

    private boolean add(CoreFunc func, DefinedType asked) {
        FuncRef known = func.known();
        if (known != null) {
            return add(known, asked);
        }
        return func.funcType().equals(ApiTypes.of(asked)) && functions.add(func.reference(asked));
    }

    private boolean add(FuncRef function, DefinedType asked) {
        return function.type.isSubtypeOf(asked) && functions.add(function);
    }

    /** The same for what a linker has. */
    boolean add(Definition given) {
        ModuleDefinition.Import asked = take();
        return switch (asked.kind()) {
            case ModuleDefinition.FUNCTION -> addFunction(given, asked);
            case ModuleDefinition.MEMORY ->
                given instanceof Definition.OfMemory found
                        && asked.memory() != null
                        && fits(found.memory().linear(), asked.memory())
                        && memories.add(found.memory().linear());
            case ModuleDefinition.TABLE ->
                given instanceof Definition.OfTable found
                        && asked.table() != null
                        && fits(found.table(), asked.table())
                        && tables.add(found.table().instance());
            case ModuleDefinition.GLOBAL ->
                given instanceof Definition.OfGlobal found
                        && asked.global() != null
                        && fits(found.global().field(), asked.global())
                        && globals.add(found.global().cell());
            case ModuleDefinition.TAG ->
                given instanceof Definition.OfTag found
                        && found.tag().type == module.type(asked.typeIndex())
                        && tags.add(found.tag());
            default -> throw new IllegalStateException("an import of kind " + asked.kind());
        };
    }

    private boolean addFunction(Definition given, ModuleDefinition.Import asked) {
        DefinedType type = module.type(asked.typeIndex());
        if (given instanceof Definition.OfFunc found) {
            return add(found.func().reference(), type);
        }
        return given instanceof Definition.OfHost host
                && Signatures.matches(host.type(), ApiTypes.of(type))
                && functions.add(host(asked, type, host.code(), host.target()));
    }

    /** Whether the next import wants a function of a type. */
    boolean wants(CoreFuncType type) {
        ModuleDefinition.Import asked = wanted.get(next);
        return asked.kind() == ModuleDefinition.FUNCTION
                && Signatures.matches(type, ApiTypes.of(module.type(asked.typeIndex())));
    }

    /** Gives a host function for the next import, whose type is right. */
    void add(HostCode code, @Nullable Object target) {
        ModuleDefinition.Import asked = take();
        functions.add(host(asked, module.type(asked.typeIndex()), code, target));
    }

    private HostRef host(ModuleDefinition.Import asked, DefinedType type, HostCode code, @Nullable Object target) {
        var name = new Linker.Name(asked.module(), asked.name());
        return new HostRef(importer, functions.size(), name, type, code, target);
    }

    /** Gives a function that is not defined for the next import. */
    void addUndefined(String name, Supplier<String> hint) {
        functions.add(new UndefinedRef(importer, functions.size(), module.type(take().typeIndex()), name, hint));
    }

    /** Leaves out the next import, which makes the instance impossible. */
    void skip() {
        next++;
    }

    /** A global that can change has to have the very type; another may have a subtype (core specification, section 3.3.14). */
    private boolean fits(FieldType given, ModuleDefinition.Global wanted) {
        FieldType type = module.portable(wanted.type());
        return given.mutable() == wanted.mutable()
                && (given.mutable() ? Matching.same(given, type) : Matching.value(given, type));
    }

    private boolean fits(Table given, ModuleDefinition.Table wanted) {
        return Matching.same(given.element(), module.portable(wanted.element()))
                && given.is64() == wanted.limits().is64()
                && fits(given.size(), given.declaredMaximum(), wanted.limits());
    }

    private static boolean fits(LinearMemory given, ModuleDefinition.Memory wanted) {
        MemoryLimits declared = given.type();
        return declared.shared() == wanted.limits().shared()
                && declared.is64() == wanted.limits().is64()
                && declared.pageShift() == wanted.pageShift()
                && fits(given.pages(), declared.maximum(), wanted.limits());
    }

    /** @param maximum what the item itself declares, unsigned: -1, which is more than all others, if nothing */
    private static boolean fits(long size, long maximum, ModuleDefinition.Limits wanted) {
        return Long.compareUnsigned(size, wanted.minimum()) >= 0
                && (!wanted.hasMaximum() || Long.compareUnsigned(maximum, wanted.maximum()) <= 0);
    }
}
