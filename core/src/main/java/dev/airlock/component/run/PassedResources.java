package dev.airlock.component.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Resources of other families, taken from the instances that owned them. Closing drops each of them once: the destructor runs
 * in the instance that defines the resource. Not for the cleaner: the closing thread must be allowed to enter those instances.
 */
public final class PassedResources implements AutoCloseable {
    private final List<HandleTable.Handle> handles;

    private PassedResources(List<HandleTable.Handle> handles) {
        this.handles = handles;
    }

    /** Takes the resources of other families out of the tables of some instances. */
    public static PassedResources takenFrom(List<ComponentState> family) {
        var taken = new ArrayList<HandleTable.Handle>(0);
        for (int i = 0; i < family.size(); i++) {
            family.get(i).handles().takePassed(taken);
        }
        return new PassedResources(taken);
    }

    /** @throws RuntimeException the first exception of a destructor, with later ones suppressed */
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

    /** Drops a resource, unless its instance was closed or reset, which ended the resource. */
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
