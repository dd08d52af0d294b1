package dev.airlock.engine;

import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.InstanceStateException;
import dev.airlock.memory.LinearMemory;
import dev.airlock.memory.MemoryImage;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.GlobalInstance;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.Value;

/**
 * The state of an instance at one moment, from which new instances start as if they had come all the way themselves: its
 * memories, globals and tables with their sizes, and which of its data and element segments were dropped. Made by
 * {@link Instance#snapshot()}, taken by {@link Linker#instantiate(Snapshot)}. Immutable and thread-safe.
 *
 * <p>What the host holds for an instance, such as WASI's descriptors, is not part of it: each new instance opens its own.
 * A guest may remember what its host told it before the snapshot was made, so give the new ones a linker that offers the
 * same: arguments, environment, folders.
 *
 * <p>It keeps the memories' bytes, and the arrays of a few closed instances for the next ones, as many as the JVM has
 * processors.
 */
public final class Snapshot {
    private final Module module;
    private final List<MemoryImage> memories = new ArrayList<>();
    private final List<GlobalContent> globals = new ArrayList<>();
    private final List<GuestTable.Content> tables = new ArrayList<>();
    private final List<Element> elements = new ArrayList<>();

    private record GlobalContent(long low, long high, boolean owned) {}

    /** Of an instance that the calling thread has entered, and nobody else. */
    Snapshot(Instance instance) {
        module = instance.module();
        String name = module.name();
        var endive = instance.endive();
        var imports = module.wasm().importSection();
        if (imports.count(ExternalType.MEMORY) + imports.count(ExternalType.TABLE) > 0) {
            throw refusal(name, "it imports a memory or a table, which others may share");
        }
        for (int i = 0; i < imports.count(ExternalType.GLOBAL); i++) {
            if (endive.global(i).getMutabilityType() == MutabilityType.Var) {
                throw refusal(name, "it imports a global that can change, which others may share");
            }
        }
        instance.hosts().forEach(host -> {
            String why = host.heldState();
            if (why != null) {
                throw refusal(name, why);
            }
        });
        for (int i = imports.count(ExternalType.GLOBAL); i < endive.globalCount(); i++) {
            globals.add(capture(endive.global(i), endive, name));
        }
        for (int i = 0; i < endive.tableCount(); i++) {
            tables.add(table(instance, i).capture(endive, name));
        }
        for (int i = 0; i < endive.elementCount(); i++) {
            elements.add(endive.element(i));
        }
        for (int i = 0; i < module.memories().size(); i++) {
            LinearMemory memory = (LinearMemory) endive.memory(i);
            if (memory.shared()) {
                throw refusal(name, "it has a memory that threads share");
            }
            memories.add(new MemoryImage(memory));
        }
    }

    static InstanceStateException refusal(String name, String why) {
        return new InstanceStateException("this instance of " + name + " cannot be captured: " + why);
    }

    private static GlobalContent capture(GlobalInstance global, run.endive.runtime.Instance owner, String name) {
        if (global.getRefValue() != null) {
            throw refusal(name, "a global holds a reference to an object of the host's or of the collector's");
        }
        boolean isReference = global.getType().isReference() && global.getValue() != Value.REF_NULL_VALUE;
        if (isReference && EndiveTypes.isException(global.getType())) {
            throw refusal(name, "a global holds an exception");
        }
        if (isReference && global.getInstance() != owner) {
            throw refusal(name, "a global holds a function of another instance");
        }
        return new GlobalContent(global.getValueLow(), global.getValueHigh(), global.getInstance() == owner);
    }

    /** What it is the state of. */
    public Module module() {
        return module;
    }

    List<MemoryImage> memories() {
        return memories;
    }

    /** Fills an instance that was made just now, of {@link Module#bare()}, with memories of these images. */
    void fill(Instance made) {
        for (int i = 0; i < elements.size(); i++) {
            made.endive().setElement(i, elements.get(i));
        }
        int imported = made.endive().globalCount() - globals.size();
        for (int i = 0; i < globals.size(); i++) {
            restore(made.endive().global(imported + i), globals.get(i), made.endive());
        }
        for (int i = 0; i < tables.size(); i++) {
            table(made, i).restore(tables.get(i), made.endive());
        }
    }

    /** Takes an instance that was made of this back to it. The calling thread has entered it, and nobody else. */
    void restore(Instance made) {
        var endive = made.endive();
        for (int i = 0; i < memories.size(); i++) {
            memories.get(i).restore((LinearMemory) endive.memory(i));
        }
        int imported = endive.globalCount() - globals.size();
        for (int i = 0; i < globals.size(); i++) {
            GlobalInstance global = endive.global(imported + i);
            if (global.getMutabilityType() == MutabilityType.Var) {
                restore(global, globals.get(i), endive);
            }
        }
        for (int i = 0; i < tables.size(); i++) {
            table(made, i).restore(tables.get(i), endive);
        }
        for (int i = 0; i < elements.size(); i++) {
            endive.setElement(i, elements.get(i));
        }
        endive.clearTailCall();
        made.hosts().forEach(HostModule::reset);
    }

    private static void restore(GlobalInstance global, GlobalContent content, run.endive.runtime.Instance owner) {
        global.setValueLow(content.low());
        global.setValueHigh(content.high());
        global.setRefValue(null);
        global.setInstance(content.owned() ? owner : null);
    }

    private static GuestTable table(Instance instance, int index) {
        return (GuestTable) instance.endive().table(index);
    }

    /** Lets new instances have the memories of one that is done for. */
    void recycle(Instance closed) {
        for (int i = 0; i < memories.size(); i++) {
            memories.get(i).recycle((LinearMemory) closed.endive().memory(i));
        }
    }

    @Override
    public String toString() {
        return "snapshot of an instance of " + module.name();
    }
}
