package dev.airlock.engine;

import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.InstanceStateException;
import java.util.List;

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
    private final CompartmentSnapshot state;

    /** Of an instance that only the calling thread has entered. */
    Snapshot(Instance instance) {
        module = instance.module();
        ValidModule valid = module.valid();
        if (valid.importedMemories() + valid.importedTables() > 0) {
            throw refusal("it imports a memory or a table, which others may share");
        }
        for (int i = 0; i < valid.importedGlobals(); i++) {
            if (valid.globalMutable(i)) {
                throw refusal("it imports a global that can change, which others may share");
            }
        }
        instance.hosts().forEach(host -> {
            String why = host.heldState();
            if (why != null) {
                throw refusal(why);
            }
        });
        state = new CompartmentSnapshot(List.of(instance));
    }

    private InstanceStateException refusal(String why) {
        return new InstanceStateException("this instance of " + module.name() + " cannot be captured: " + why);
    }

    /**
     * Returns the module whose state this is.
     *
     * @return the module
     */
    public Module module() {
        return module;
    }

    CompartmentSnapshot state() {
        return state;
    }

    @Override
    public String toString() {
        return "snapshot of an instance of " + module.name();
    }
}
