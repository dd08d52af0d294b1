package dev.airlock.component;

import java.util.ArrayList;
import java.util.List;

/** Objects of the host's that instances owned and have no more. Closing drops all of them, each once. */
final class HostObjects implements AutoCloseable {
    private final String instance;
    private final List<Runnable> drops = new ArrayList<>(0);

    private HostObjects(String instance) {
        this.instance = instance;
    }

    /** Takes those of some instances out of their tables. */
    static HostObjects takenFrom(List<ComponentState> states) {
        var taken = new HostObjects(states.get(0).compartment().name());
        for (int i = 0; i < states.size(); i++) {
            states.get(i).handles().takeAllOfHost(taken);
        }
        return taken;
    }

    void add(LinkedResource resource, Object object) {
        drops.add(() -> resource.destroy(object));
    }

    /** @throws RuntimeException what the host's functions threw: the first, with the others in it; or an Error alike */
    @Override
    public void close() {
        Throwable failure = null;
        for (Runnable drop : drops) {
            try {
                drop.run();
            } catch (Throwable e) {
                // Not only unchecked ones: a resource's close() may throw any.
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        drops.clear();
        if (failure instanceof Exception && !(failure instanceof RuntimeException)) {
            throw new IllegalStateException("a resource of " + instance + " could not be dropped", failure);
        }
        if (failure != null) {
            throw HostCalls.sneaky(failure);
        }
    }
}
