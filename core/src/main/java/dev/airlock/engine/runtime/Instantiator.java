package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ModuleDefinition.Data;
import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.binary.ModuleDefinition.Limits;
import dev.airlock.engine.binary.ModuleDefinition.Mode;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.ConstantExpression;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.LinkException;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.MemoryLimits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills instances of one module (core specification, section 4.5.4): makes memories, tables, globals and tags, evaluates what the
 * module says they start with, and copies active segments. Keeps what all instances share. Thread-safe.
 */
public final class Instantiator {
    private final ValidModule module;
    private final FunctionSlots slots;
    private final BitSet cells;

    /** Segments that all instances share, by index; null for those that each instance evaluates. */
    private final @Nullable ElementSegment[] segments;

    /** What the element and data segments are once the active ones are dropped. */
    private final ElementSegment[] passiveElements;

    private final byte[][] passiveData;
    private final boolean hasPassiveData;

    private final FieldType[] tableTypes;
    private final StartTables startTables;

    public Instantiator(ValidModule module) {
        this.module = module;
        slots = FunctionSlots.of(module);
        cells = GlobalCells.of(module);
        ModuleDefinition definition = module.definition();
        List<Element> elements = definition.elements();
        segments = new ElementSegment[elements.size()];
        passiveElements = new ElementSegment[segments.length];
        Arrays.fill(passiveElements, ElementSegment.DROPPED);
        for (int i = 0; i < segments.length; i++) {
            Mode mode = elements.get(i).mode();
            ElementSegment shared =
                    mode == Mode.DECLARED ? ElementSegment.DROPPED : ElementSegment.shared(module, i, slots);
            segments[i] = shared;
            if (mode == Mode.PASSIVE && shared != null) {
                passiveElements[i] = shared;
            }
        }
        passiveData = new byte[definition.datas().size()][];
        for (int i = 0; i < passiveData.length; i++) {
            Data data = definition.datas().get(i);
            passiveData[i] = data.mode() == Mode.PASSIVE
                    ? Arrays.copyOfRange(
                            definition.bytes(),
                            data.content().from(),
                            data.content().end())
                    : InstanceState.NO_DATA;
        }
        hasPassiveData = definition.datas().stream().anyMatch(data -> data.mode() == Mode.PASSIVE);
        tableTypes = new FieldType[module.tableCount() - module.importedTables()];
        for (int i = 0; i < tableTypes.length; i++) {
            tableTypes[i] = module.portable(module.tableType(module.importedTables() + i));
        }
        startTables = new StartTables(module, segments);
    }

    public ValidModule module() {
        return module;
    }

    public FunctionSlots slots() {
        return slots;
    }

    /** Returns the type of a memory that a module declares. */
    public static MemoryLimits limits(ModuleDefinition.Memory memory) {
        Limits limits = memory.limits();
        return new MemoryLimits(
                limits.minimum(),
                limits.hasMaximum() ? limits.maximum() : MemoryLimits.NO_MAXIMUM,
                memory.pageShift(),
                limits.is64(),
                limits.shared());
    }

    /**
     * Fills an instance, all but the start function.
     *
     * @param state with its owner and spill set
     * @param allowance what memories and tables are taken from
     * @throws LinkException if a memory is imported that the code cannot use
     * @throws dev.airlock.error.LimitException if the allowance or the heap has not enough
     * @throws dev.airlock.memory.linear.GuestTrap if an active segment does not fit; those before it have been copied by then
     */
    public void instantiate(InstanceState state, Imports imports, Allowance allowance) {
        link(state, imports);
        for (int i = module.importedMemories(); i < module.memoryCount(); i++) {
            state.memories[i] = LinearMemory.of(limits(module.memory(i)), allowance);
        }
        if (state.needsExactMemory()) {
            state.memories[0].keepExact();
        }
        var evaluator = new ConstantEvaluator(state);
        makeGlobals(state);
        for (int i = module.importedGlobals(); i < module.globalCount(); i++) {
            evaluator.evaluate(module.globalValue(i));
            setGlobal(state, i, evaluator);
        }
        boolean isStarted = makeTables(state, evaluator, allowance);
        ElementSegment[] all = evaluateElements(state, evaluator);
        // Without passive segments nothing in the array changes, and all instances share it.
        state.data = hasPassiveData ? passiveData.clone() : passiveData;
        state.bound();
        if (!isStarted) {
            copyElements(state, evaluator, all);
            startTables.remember(state);
        }
        copyData(state, evaluator);
    }

    /** Gives an instance what it imports, its tags, and room for the rest. */
    void link(InstanceState state, Imports imports) {
        state.module = module;
        state.slots = slots;
        state.functions = imports.functions();
        state.memories = Arrays.copyOf(imports.memories(), module.memoryCount());
        state.tables = Arrays.copyOf(imports.tables(), module.tableCount());
        state.globals = Arrays.copyOf(imports.globals(), module.globalCount());
        state.tags = Arrays.copyOf(imports.tags(), module.tagCount());
        for (int i = module.importedTags(); i < state.tags.length; i++) {
            state.tags[i] = new TagInstance(module.type(module.tagTypeIndex(i)));
        }
        if (imports.memories().length > 0 && limits(module.memory(0)).isDirect() && !imports.memories()[0].isFlat()) {
            throw new LinkException(
                    module.name(),
                    List.of("the first memory has more than 2 GiB less a page, but the import allows smaller ones: "
                            + "raise its minimum, so that code for large memories is made"));
        }
    }

    /** Makes the cells of own globals. */
    void makeGlobals(InstanceState state) {
        int first = module.importedGlobals();
        for (int i = cells.nextSetBit(first); i >= 0; i = cells.nextSetBit(i + 1)) {
            state.globals[i] = GlobalInstance.of(module.globalType(i));
        }
    }

    private void setGlobal(InstanceState state, int index, ConstantEvaluator value) {
        int type = module.globalType(index);
        if (ValueTypes.isReference(type)) {
            state.setGlobalRef(index, value.reference());
            return;
        }
        state.setGlobalNumber(index, value.number());
        if (type == ValueTypes.V128) {
            state.setGlobalHigh(index, value.high());
        }
    }

    private FieldType tableType(int index) {
        return tableTypes[index - module.importedTables()];
    }

    private static long maximum(Limits limits) {
        return limits.hasMaximum() ? limits.maximum() : TableInstance.NO_MAXIMUM;
    }

    /** Makes an own table that shares slots. */
    TableInstance newTable(int index, int[] slots, int size, InstanceState state, Allowance allowance) {
        Limits limits = module.table(index).limits();
        return new TableInstance(tableType(index), maximum(limits), limits.is64(), slots, size, state, allowance);
    }

    /** Returns whether the tables have what active segments copy into them. */
    private boolean makeTables(InstanceState state, ConstantEvaluator evaluator, Allowance allowance) {
        boolean isStarted = startTables.areKnown();
        for (int i = module.importedTables(); i < module.tableCount(); i++) {
            int[] start = startTables.of(i);
            if (start != null) {
                state.tables[i] = newTable(i, start, start.length, state, allowance);
                continue;
            }
            ConstantExpression initial = module.tableValue(i);
            if (initial != null) {
                evaluator.evaluate(initial);
            }
            Limits limits = module.table(i).limits();
            var made =
                    new TableInstance(tableType(i), limits.minimum(), maximum(limits), limits.is64(), null, allowance);
            made.home = state;
            if (initial != null && evaluator.reference() != null) {
                made.fillChecked(0, evaluator.reference(), made.size());
            }
            state.tables[i] = made;
        }
        return isStarted;
    }

    /** Sets the passive segments of an instance, and returns all as they are before the active ones are dropped. */
    private @Nullable ElementSegment[] evaluateElements(InstanceState state, ConstantEvaluator evaluator) {
        state.elements = passiveElements.clone();
        @Nullable ElementSegment[] all = segments;
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] == null) {
                if (all == segments) {
                    all = segments.clone();
                }
                all[i] = evaluate(i, evaluator);
                if (isPassive(i)) {
                    state.elements[i] = all[i];
                }
            }
        }
        return all;
    }

    private boolean isPassive(int segment) {
        return module.definition().elements().get(segment).mode() == Mode.PASSIVE;
    }

    private ElementSegment evaluate(int segment, ConstantEvaluator evaluator) {
        List<ConstantExpression> items = module.elementItems(segment);
        @Nullable Object[] values = new Object[items.size()];
        for (int i = 0; i < values.length; i++) {
            evaluator.evaluate(items.get(i));
            values[i] = evaluator.reference();
        }
        return new ElementSegment(values);
    }

    /** Returns a segment for an instance whose own may not be shared with another. */
    ElementSegment evaluate(int segment, InstanceState state) {
        return evaluate(segment, new ConstantEvaluator(state));
    }

    private void copyElements(InstanceState state, ConstantEvaluator evaluator, @Nullable ElementSegment[] all) {
        List<Element> elements = module.definition().elements();
        for (int i = 0; i < all.length; i++) {
            ConstantExpression offset = module.elementOffset(i);
            ElementSegment segment = all[i];
            if (offset != null && segment != null) {
                evaluator.evaluate(offset);
                TableInstance table = state.tables[elements.get(i).table()];
                table.checkRange(evaluator.number(), segment.length());
                table.initChecked((int) evaluator.number(), segment, 0, segment.length(), state);
            }
        }
    }

    private void copyData(InstanceState state, ConstantEvaluator evaluator) {
        ModuleDefinition definition = module.definition();
        for (int i = 0; i < passiveData.length; i++) {
            ConstantExpression offset = module.dataOffset(i);
            if (offset != null) {
                evaluator.evaluate(offset);
                Data data = definition.datas().get(i);
                state.memories[data.memory()].init(
                        evaluator.number(),
                        definition.bytes(),
                        data.content().from(),
                        data.content().length());
            }
        }
    }
}
