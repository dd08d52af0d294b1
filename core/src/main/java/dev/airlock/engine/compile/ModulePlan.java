package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.gc.StructShape;
import dev.airlock.engine.load.CompileOptions;
import dev.airlock.engine.load.CompiledGroup;
import dev.airlock.engine.runtime.FunctionSlots;
import dev.airlock.engine.runtime.GlobalCells;
import dev.airlock.engine.simd.IdleSink;
import dev.airlock.engine.validate.CodeSink;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.memory.linear.MemoryLimits;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What is decided for a module before its functions are compiled: names, classes, signatures, how memory 0 is accessed. */
public final class ModulePlan {
    static final String RUNTIME = "dev/airlock/engine/runtime/";
    static final String STATE = RUNTIME + "InstanceState";
    static final String PART_LOCALS = RUNTIME + "PartLocals";
    static final String STATE_TYPE = "L" + STATE + ";";
    static final String SPILL = RUNTIME + "Spill";
    static final String SPILL_TYPE = "L" + SPILL + ";";
    static final String FUNC_REF = RUNTIME + "FuncRef";
    static final String FUNC_REF_TYPE = "L" + FUNC_REF + ";";
    static final String TABLE = RUNTIME + "TableInstance";
    static final String TABLE_TYPE = "L" + TABLE + ";";
    static final String TAG_TYPE = "L" + RUNTIME + "TagInstance;";
    static final String CELL = RUNTIME + "GlobalInstance";
    static final String CELLS = "[L" + CELL + ";";
    static final String EXCEPTION = RUNTIME + "WasmException";
    static final String NUMBERS = RUNTIME + "Numbers";

    /** The loader replaces it by {@code TrackedStores} for instances that go back to an image. */
    static final String STORES = RUNTIME + "PlainStores";

    static final String MEMORY = "dev/airlock/memory/linear/LinearMemory";
    static final String MEMORY_TYPE = "L" + MEMORY + ";";
    static final String TRAP = "dev/airlock/memory/linear/GuestTrap";
    static final String VECTOR_MEMORY = "dev/airlock/engine/vector/VectorMemory";

    static final String PACKAGE = "guest/";
    static final String INSTANCE = PACKAGE + "Instance";

    /** The JVM takes longer ones, but each name stands in its class, and in traces. */
    private static final int LONGEST_NAME = 200;

    private final ValidModule module;
    private final CompileOptions options;
    private final FunctionSlots slots;
    private final CompileBudget budget;
    private final BitSet cells;
    private final Signature[] signatures;
    private final String[] names;

    /** Of types of structs, when first asked for; threads may each make one. */
    private final @Nullable StructShape[] shapes;

    private final boolean isFlat;
    private final boolean memoryGrows;
    private final boolean memoryMoves;
    private final boolean needsExactMemory;
    private final FunctionGroups groups;
    private final Dispatch dispatch;

    /** @param nameOf the name of a function in the name section, or its export; need not be unique or legal */
    ModulePlan(ValidModule module, CompileOptions options, CompileBudget budget, IntFunction<String> nameOf) {
        this.module = module;
        this.options = options;
        this.budget = budget;
        slots = FunctionSlots.of(module);
        cells = GlobalCells.of(module);
        signatures = new Signature[module.typeCount()];
        shapes = new StructShape[module.typeCount()];
        names = names(module, nameOf);
        isFlat = module.memoryCount() > 0 && isDirect(module.memory(0));
        boolean isFixed = isFlat && !mayGrow(module);
        needsExactMemory = isFlat && !isFixed && isGrownByHostsOnly(module);
        memoryMoves = isFlat && !isFixed;
        memoryGrows = memoryMoves && !needsExactMemory;
        groups = new FunctionGroups(module);
        dispatch = new Dispatch(this, budget);
    }

    private static boolean isDirect(ModuleDefinition.Memory memory) {
        ModuleDefinition.Limits limits = memory.limits();
        long maximum = limits.hasMaximum() ? limits.maximum() : MemoryLimits.NO_MAXIMUM;
        return new MemoryLimits(limits.minimum(), maximum, memory.pageShift(), limits.is64(), limits.shared())
                .isDirect();
    }

    /** Whether the array may be longer than the memory, or be replaced while code runs. */
    private static boolean mayGrow(ValidModule module) {
        ModuleDefinition.Memory memory = module.memory(0);
        return !memory.limits().hasMaximum()
                || memory.limits().minimum() != memory.limits().maximum();
    }

    /** Larger modules have an allocator, so they are not looked through for what grows their memory. */
    private static final int MOST_BYTES = 1 << 16;

    /**
     * Whether no function of the module grows its memory, so that an exact array costs the guest nothing: then the array's own
     * bounds check is enough.
     */
    private static boolean isGrownByHostsOnly(ValidModule module) {
        if (module.importedMemories() > 0) {
            return false;
        }
        int bytes = 0;
        for (ModuleDefinition.Range body : module.definition().bodies()) {
            bytes += body.length();
            if (bytes > MOST_BYTES) {
                return false;
            }
        }
        boolean[] grows = new boolean[1];
        CodeSink seeker = new IdleSink() {
            @Override
            public void memoryGrow(int memory) {
                grows[0] |= memory == 0;
            }
        };
        for (int i = module.importedFunctions(); i < module.functionCount() && !grows[0]; i++) {
            module.body(i, seeker);
        }
        return !grows[0];
    }

    private static String[] names(ValidModule module, IntFunction<String> nameOf) {
        String[] made = new String[module.functionCount()];
        Map<String, Integer> seen = new HashMap<>();
        for (int i = module.importedFunctions(); i < made.length; i++) {
            String legal = legal(nameOf.apply(i));
            // Methods of one class need different names; different everywhere makes them easier to tell apart.
            Integer before = seen.putIfAbsent(legal, i);
            if (before != null) {
                legal = legal + "#" + i;
                seen.put(legal, i);
            }
            made[i] = legal;
        }
        return made;
    }

    /** Returns a name that a JVM method may have. */
    private static String legal(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        StringBuilder text = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            text.append(
                    switch (c) {
                        case '.' -> '\u00B7';
                        case ';', '[', '/' -> '_';
                        case '<' -> '(';
                        case '>' -> ')';
                        default -> Character.isISOControl(c) || Character.isSurrogate(c) ? '_' : c;
                    });
        }
        return text.isEmpty() ? "_" : text.toString();
    }

    ValidModule module() {
        return module;
    }

    FunctionSlots slots() {
        return slots;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    boolean isDeterministic() {
        return options.deterministic();
    }

    CompileOptions options() {
        return options;
    }

    /** Whether memory 0 is an array that code accesses itself. */
    boolean isFlat() {
        return isFlat;
    }

    /** Whether the array of memory 0 may be longer than the memory, so that the limit has to be checked. */
    boolean memoryGrows() {
        return memoryGrows;
    }

    /** Whether the array of memory 0 may be another one after a call. */
    boolean memoryMoves() {
        return memoryMoves;
    }

    /** Whether instances have to ask their memory for an array of exactly its size. */
    boolean needsExactMemory() {
        return needsExactMemory;
    }

    String instanceClass() {
        return INSTANCE;
    }

    String instanceType() {
        return "L" + INSTANCE + ";";
    }

    CompileBudget budget() {
        return budget;
    }

    /** Returns the shape of a type of structs: kept, since finding it costs as much as the type has fields. */
    StructShape shape(int type) {
        StructShape known = shapes[type];
        if (known == null) {
            known = StructShape.of(module.type(type));
            shapes[type] = known;
        }
        return known;
    }

    synchronized Signature signature(int type) {
        Signature known = signatures[type];
        if (known == null) {
            known = new Signature(Signature.carriers(module.params(type)), Signature.carriers(module.results(type)));
            signatures[type] = known;
        }
        return known;
    }

    Signature signatureOf(int function) {
        return signature(module.functionTypeIndex(function));
    }

    FunctionGroups groups() {
        return groups;
    }

    static String groupClass(int group) {
        return PACKAGE + "Functions" + group;
    }

    String classOf(int function) {
        return groupClass(groups.of(function));
    }

    String nameOf(int function) {
        return names[function];
    }

    /** The method with the body of a function that may leave a call pending; {@link #nameOf} makes those calls. */
    String bodyNameOf(int function) {
        return CompiledGroup.bodyName(names[function]);
    }

    /** The method of a part of a function. */
    String partNameOf(int function, int part) {
        return names[function] + "\u00B7part" + part;
    }

    private int spilledNumbers;
    private int spilledReferences;

    /** Notes that code needs so many places in the spill. */
    synchronized void needSpill(int numbers, int references) {
        spilledNumbers = Math.max(spilledNumbers, numbers);
        spilledReferences = Math.max(spilledReferences, references);
    }

    /** Returns how many places for numbers, or for references, all code needs in the spill. */
    synchronized int spillSize(boolean references) {
        for (int i = 0; i < module.typeCount(); i++) {
            if (module.type(i).kind() == DefinedType.Kind.FUNC) {
                needSpill(count(module.params(i), false), count(module.params(i), true));
                needSpill(count(module.results(i), false), count(module.results(i), true));
            }
        }
        return references ? spilledReferences : spilledNumbers;
    }

    private static int count(int[] types, boolean references) {
        int count = 0;
        for (char carrier : Signature.carriers(types).toCharArray()) {
            count += (carrier == 'L') != references ? 0 : carrier == 'V' ? 2 : 1;
        }
        return count;
    }

    boolean isField(int global) {
        return !cells.get(global);
    }

    static String cellClass(char carrier) {
        return CELL + "$"
                + switch (carrier) {
                    case 'I' -> "I32";
                    case 'J' -> "I64";
                    case 'F' -> "F32";
                    case 'D' -> "F64";
                    case 'V' -> "V128";
                    default -> "Ref";
                };
    }
}
