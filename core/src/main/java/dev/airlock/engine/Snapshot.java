package dev.airlock.engine;

import dev.airlock.error.InstanceStateException;
import java.util.Map;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.MutabilityType;

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
    private final InstanceImage image;

    /** Of an instance that only the calling thread has entered. */
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
        image = new InstanceImage(instance, Map.of(endive, 0));
    }

    static InstanceStateException refusal(String name, String why) {
        return new InstanceStateException("this instance of " + name + " cannot be captured: " + why);
    }

    /**
     * Returns the module whose state this is.
     *
     * @return the module
     */
    public Module module() {
        return module;
    }

    InstanceImage image() {
        return image;
    }

    /** Fills an instance that was made just now. */
    void fill(Instance made) {
        image.fill(made.endive(), made.itself());
    }

    /** Takes an instance that was made of this back to it. Only the calling thread has entered it. */
    void restore(Instance made) {
        image.restore(made.endive(), made.itself());
        made.hosts().forEach(HostModule::reset);
    }

    /** Lets new instances have the memories of one that is done for. */
    void recycle(Instance closed) {
        image.recycle(closed);
    }

    @Override
    public String toString() {
        return "snapshot of an instance of " + module.name();
    }
}
