package dev.airlock.engine;

import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.LinearMemory;
import dev.airlock.memory.MemoryImage;
import dev.airlock.memory.SegmentImage;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Memory;
import run.endive.runtime.TableFactory;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.Value;

/**
 * What one instance held at one moment, except for what it imports: its memories, globals and tables with their sizes, and which
 * of its segments were left. References to functions are kept by the numbers of the instances that they are of, its fellows.
 */
final class InstanceImage {
    private static final int OPEN = -1;

    private final Module module;
    private final int importedMemories;
    private final int importedTables;
    private final MemoryImage[] memories;
    private final @Nullable SegmentImage data;
    private final GlobalContent[] globals;
    private final GuestTable.Content[] tables;
    private final Element[] elements;

    /** Whether an instance can have anything else at all: many do no more than connect others. */
    private final boolean changes;

    /** @param index of a global */
    private record GlobalContent(int index, boolean mutable, long low, long high, int owner) {}

    /**
     * Of an instance that only the calling thread has entered.
     *
     * @param members the instances whose functions it may hold, and their numbers
     */
    InstanceImage(Instance instance, Map<run.endive.runtime.Instance, Integer> members) {
        module = instance.module();
        String name = module.name();
        var endive = instance.endive();
        var imports = module.wasm().importSection();
        importedMemories = imports.count(ExternalType.MEMORY);
        importedTables = imports.count(ExternalType.TABLE);
        int importedGlobals = imports.count(ExternalType.GLOBAL);
        globals = new GlobalContent[endive.globalCount() - importedGlobals];
        for (int i = 0; i < globals.length; i++) {
            globals[i] = capture(importedGlobals + i, endive.global(importedGlobals + i), members, name);
        }
        tables = new GuestTable.Content[endive.tableCount() - importedTables];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = ((GuestTable) endive.table(importedTables + i)).capture(members, name);
        }
        elements = new Element[endive.elementCount()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = endive.element(i);
        }
        memories = new MemoryImage[module.memories().size()];
        for (int i = 0; i < memories.length; i++) {
            LinearMemory memory = (LinearMemory) endive.memory(importedMemories + i);
            if (memory.shared()) {
                throw Snapshot.refusal(name, "it has a memory that threads share");
            }
            memories[i] = new MemoryImage(memory);
        }
        data = importedMemories + memories.length == 0 ? null : SegmentImage.of((LinearMemory) endive.memory(0));
        changes = memories.length + tables.length > 0
                || data != null
                || Arrays.stream(globals).anyMatch(GlobalContent::mutable)
                || Arrays.stream(elements).anyMatch(Objects::nonNull);
    }

    private static GlobalContent capture(
            int index, GlobalInstance global, Map<run.endive.runtime.Instance, Integer> members, String name) {
        if (global.getRefValue() != null) {
            throw Snapshot.refusal(name, "a global holds a reference to a host object or to an object of a collector");
        }
        boolean isReference = global.getType().isReference() && global.getValue() != Value.REF_NULL_VALUE;
        if (isReference && EndiveTypes.isException(global.getType())) {
            throw Snapshot.refusal(name, "a global holds an exception");
        }
        run.endive.runtime.Instance owner = global.getInstance();
        Integer number = owner == null ? null : members.get(owner);
        if (isReference && number == null) {
            throw Snapshot.refusal(name, "a global holds a function of another instance");
        }
        return new GlobalContent(
                index,
                global.getMutabilityType() == MutabilityType.Var,
                global.getValueLow(),
                global.getValueHigh(),
                number == null ? OPEN : number);
    }

    Module module() {
        return module;
    }

    /** Memories for an instance in the making, in the order in which Endive asks for them. */
    Function<MemoryLimits, Memory> memories(Allowance allowance) {
        Iterator<MemoryImage> images = List.of(memories).iterator();
        return type -> images.next().newMemory(allowance);
    }

    /** Returns the same for tables. */
    TableFactory tables(Allowance allowance) {
        Iterator<GuestTable.Content> contents = List.of(tables).iterator();
        return (type, initial) -> contents.next().newTable(type, allowance);
    }

    /**
     * Fills an instance that was made just now, of {@link Module#bare()} with {@link #memories} and {@link #tables}.
     *
     * @param members by their numbers
     */
    void fill(run.endive.runtime.Instance endive, run.endive.runtime.Instance[] members) {
        for (GlobalContent content : globals) {
            restore(endive.global(content.index()), content, members);
        }
        restoreRest(endive, members);
    }

    /** Takes an instance that was made of this back to it. Only the calling thread has entered it. */
    void restore(run.endive.runtime.Instance endive, run.endive.runtime.Instance[] members) {
        endive.clearTailCall();
        if (!changes) {
            return;
        }
        for (int i = 0; i < memories.length; i++) {
            memories[i].restore((LinearMemory) endive.memory(importedMemories + i));
        }
        for (GlobalContent content : globals) {
            if (content.mutable()) {
                restore(endive.global(content.index()), content, members);
            }
        }
        restoreRest(endive, members);
    }

    private void restoreRest(run.endive.runtime.Instance endive, run.endive.runtime.Instance[] members) {
        for (int i = 0; i < tables.length; i++) {
            ((GuestTable) endive.table(importedTables + i)).restore(tables[i], members);
        }
        for (int i = 0; i < elements.length; i++) {
            if (endive.element(i) != elements[i]) {
                endive.setElement(i, elements[i]);
            }
        }
        if (data != null) {
            data.restore((LinearMemory) endive.memory(0));
        }
    }

    /** Few references change, and to write one costs far more than to look: collectors want to know of each. */
    private static void restore(GlobalInstance global, GlobalContent content, run.endive.runtime.Instance[] members) {
        global.setValueLow(content.low());
        global.setValueHigh(content.high());
        if (global.getRefValue() != null) {
            global.setRefValue(null);
        }
        var owner = content.owner() == OPEN ? null : members[content.owner()];
        if (global.getInstance() != owner) {
            global.setInstance(owner);
        }
    }

    /** Lets new instances have the memories of one that is done for. */
    void recycle(Instance closed) {
        for (int i = 0; i < memories.length; i++) {
            memories[i].recycle((LinearMemory) closed.endive().memory(importedMemories + i));
        }
    }
}
