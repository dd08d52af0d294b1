package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.InstanceStateException;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.MemoryImage;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one instance held at one moment, except for what it imports: its memories, globals and tables with their sizes, and which of
 * its segments were left. Functions are kept by numbers of the instances that have them, its fellows. Thread-safe.
 */
public final class InstanceImage {
    private final Instantiator instantiator;
    private final ValidModule module;
    private final MemoryImage[] memories;
    private final TableImage[] tables;

    /** The own globals; of references, the numbers of functions. */
    private final long[] globals;

    /** The high halves of vectors; null if there are none. */
    private final long @Nullable [] highs;

    private final byte[][] data;
    private final ElementSegment[] elements;

    /** The own globals that can change, counted from the first own one; segments that were left, since none comes back. */
    private final int[] mutable;

    private final int[] leftData;
    private final int[] leftElements;

    /**
     * Captures an instance that only the calling thread has entered.
     *
     * @param members the instances whose functions it may hold, itself too, and their numbers
     * @throws InstanceStateException if it holds what cannot be captured
     */
    public InstanceImage(InstanceState state, Instantiator instantiator, Map<InstanceState, Integer> members) {
        this.instantiator = instantiator;
        module = instantiator.module();
        var functions = new FunctionNumbers(members);
        int firstMemory = module.importedMemories();
        for (int i = firstMemory; i < state.memories.length; i++) {
            if (state.memories[i].shared()) {
                throw refusal("it has a memory that threads share");
            }
        }
        int firstGlobal = module.importedGlobals();
        globals = new long[module.globalCount() - firstGlobal];
        long[] upper = null;
        for (int i = 0; i < globals.length; i++) {
            int index = firstGlobal + i;
            int type = module.globalType(index);
            if (ValueTypes.isReference(type)) {
                globals[i] = capture(state.globalRef(index), functions);
                continue;
            }
            globals[i] = state.globalNumber(index);
            if (type == ValueTypes.V128) {
                upper = upper == null ? new long[globals.length] : upper;
                upper[i] = state.globalHigh(index);
            }
        }
        highs = upper;
        tables = new TableImage[module.tableCount() - module.importedTables()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new TableImage(state.tables[module.importedTables() + i], functions, this::refusal);
        }
        memories = new MemoryImage[state.memories.length - firstMemory];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = MemoryImage.of(state.memories[firstMemory + i]);
        }
        data = state.data.clone();
        elements = state.elements.clone();
        mutable = IntStream.range(0, globals.length)
                .filter(i -> module.globalMutable(firstGlobal + i))
                .toArray();
        leftData =
                IntStream.range(0, data.length).filter(i -> data[i].length > 0).toArray();
        leftElements = IntStream.range(0, elements.length)
                .filter(i -> elements[i].length() > 0)
                .toArray();
    }

    private InstanceStateException refusal(String why) {
        return new InstanceStateException("this instance of " + module.name() + " cannot be captured: " + why);
    }

    private long capture(@Nullable Object value, FunctionNumbers functions) {
        if (value == null) {
            return FunctionNumbers.NULL;
        }
        if (value instanceof WasmException) {
            throw refusal("a global holds an exception");
        }
        if (!(value instanceof FuncRef function)) {
            throw refusal("a global holds a reference to a host object or to an object of a collector");
        }
        long number = functions.of(function);
        if (number == FunctionNumbers.NULL) {
            throw refusal("a global holds a function of another instance");
        }
        return number;
    }

    public Instantiator instantiator() {
        return instantiator;
    }

    /**
     * Fills an instance like {@link Instantiator#instantiate}, so that it holds this as soon as {@link #fill} has been called.
     *
     * @throws dev.airlock.error.LimitException if the allowance or the heap has not enough
     */
    public void instantiate(InstanceState state, Imports imports, Allowance allowance) {
        instantiator.link(state, imports);
        for (int i = 0; i < memories.length; i++) {
            state.memories[module.importedMemories() + i] = memories[i].newMemory(allowance);
        }
        instantiator.makeGlobals(state);
        for (int i = 0; i < tables.length; i++) {
            int index = module.importedTables() + i;
            state.tables[index] = tables[i].newTable(instantiator, index, state, allowance);
        }
        // Without segments that could be dropped nothing in the arrays changes, and all instances share them.
        state.data = leftData.length == 0 ? data : data.clone();
        state.elements = leftElements.length == 0 ? elements : elements.clone();
        state.bound();
    }

    /**
     * Sets what depends on other instances, when all of them have been instantiated.
     *
     * @param members by their numbers
     */
    public void fill(InstanceState state, InstanceState[] members) {
        for (int i = 0; i < globals.length; i++) {
            setGlobal(state, i, members);
        }
        for (int i = 0; i < tables.length; i++) {
            tables[i].fill(state.tables[module.importedTables() + i], members);
        }
        for (int i : leftElements) {
            if (!elements[i].isShared()) {
                state.elements[i] = instantiator.evaluate(i, state);
            }
        }
    }

    private void setGlobal(InstanceState state, int own, InstanceState[] members) {
        int index = module.importedGlobals() + own;
        int type = module.globalType(index);
        if (ValueTypes.isReference(type)) {
            Object value = FunctionNumbers.function(globals[own], members);
            // Few references change, and to write one costs more than to look: collectors want to know of each.
            if (state.globalRef(index) != value) {
                state.setGlobalRef(index, value);
            }
            return;
        }
        state.setGlobalNumber(index, globals[own]);
        if (type == ValueTypes.V128 && highs != null) {
            state.setGlobalHigh(index, highs[own]);
        }
    }

    /** Takes an instance that was made of this back to it. Only the calling thread has entered it. */
    public void restore(InstanceState state, InstanceState[] members) {
        for (int i = 0; i < memories.length; i++) {
            memories[i].restore(state.memories[module.importedMemories() + i]);
        }
        for (int i : mutable) {
            setGlobal(state, i, members);
        }
        for (int i = 0; i < tables.length; i++) {
            tables[i].restore(state.tables[module.importedTables() + i], state, members);
        }
        for (int i : leftData) {
            if (state.data[i] != data[i]) {
                state.data[i] = data[i];
            }
        }
        for (int i : leftElements) {
            restoreElement(state, i);
        }
    }

    private void restoreElement(InstanceState state, int index) {
        ElementSegment segment = elements[index];
        if (segment.isShared()) {
            if (state.elements[index] != segment) {
                state.elements[index] = segment;
            }
        } else if (state.elements[index] == ElementSegment.DROPPED) {
            // Its values are of this instance, and are evaluated again only if they were dropped: they do not change.
            state.elements[index] = instantiator.evaluate(index, state);
        }
    }

    /** Lets new instances have the memories of one that is done for. */
    public void recycle(InstanceState state) {
        for (int i = 0; i < memories.length; i++) {
            LinearMemory memory = state.memories[module.importedMemories() + i];
            memories[i].recycle(memory);
        }
    }
}
