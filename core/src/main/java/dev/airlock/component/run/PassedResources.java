package dev.airlock.component.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Resources of other instances, which the host passed on, that the instances of one component owned and no longer have.
 * Closing drops all of them, each once: their destructors run where they are defined. Not for the cleaner: the thread that
 * closes has to be one that may enter those instances.
 */
public final class PassedResources implements AutoCloseable {
    private final List<HandleTable.Handle> handles;

    private PassedResources(List<HandleTable.Handle> handles) {
        this.handles = handles;
    }

    /** Takes those of some instances out of their tables. */
    public static PassedResources takenFrom(List<ComponentState> family) {
        var taken = new ArrayList<HandleTable.Handle>(0);
        for (int i = 0; i < family.size(); i++) {
            family.get(i).handles().takePassed(taken);
        }
        return new PassedResources(taken);
    }

    /** @throws RuntimeException what the destructors threw: the first, with the others in it */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (HandleTable.Handle handle : handles) {
            try {
                drop(handle);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        handles.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** The instance may be gone, or have been reset, and the resource with it. */
    private static void drop(HandleTable.Handle handle) {
        ComponentState definer = handle.resource.definer();
        if (definer != null && !definer.compartment().isShut() && handle.generation == handle.resource.generation()) {
            HostCalls.run(
                    definer.fromHost(),
                    handle.resource + "'s destructor",
                    () -> handle.resource.destroy(handle.representation));
        }
    }
}
