package dev.airlock.engine;

import dev.airlock.engine.runtime.InstanceImage;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.error.LinkException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all instances of a compartment held at one moment. What they share is kept once, with the one that made it, and
 * references to each other's functions are kept. Immutable and thread-safe. Public for the room {@code component} alone; no
 * program should use it.
 */
public final class CompartmentSnapshot {
    private final Module[] modules;
    private final InstanceImage[] images;

    /** Of instances that only the calling thread has entered. */
    CompartmentSnapshot(List<Instance> instances) {
        Map<InstanceState, Integer> members = new IdentityHashMap<>();
        instances.forEach(instance -> members.put(instance.state(), members.size()));
        modules = instances.stream().map(Instance::module).toArray(Module[]::new);
        images = instances.stream()
                .map(instance ->
                        new InstanceImage(instance.state(), instance.module().instantiator(), members))
                .toArray(InstanceImage[]::new);
    }

    /**
     * What the next instance starts from.
     *
     * @param made how many have been made
     * @throws LinkException if it is of another module than the one that was captured
     */
    InstanceImage next(int made, Module module) {
        if (made >= images.length || modules[made] != module) {
            throw new LinkException(
                    module.name(),
                    List.of("it was not there when the snapshot was made"
                            + (made >= images.length ? "" : ", but " + modules[made].name())));
        }
        return images[made];
    }

    private static InstanceState[] states(List<Instance> instances) {
        // No stream: a pool does this after each call.
        InstanceState[] states = new InstanceState[instances.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = instances.get(i).state();
        }
        return states;
    }

    /** Fills instances that were made of this just now, all of them. */
    void fill(List<Instance> made) {
        if (made.size() != images.length) {
            throw new LinkException(modules[made.size()].name(), List.of("it was there when the snapshot was made"));
        }
        InstanceState[] members = states(made);
        for (int i = 0; i < members.length; i++) {
            images[i].fill(members[i], members);
        }
    }

    /** Takes instances that were made of this back to it. Only the calling thread has entered them. */
    void restore(List<Instance> made) {
        InstanceState[] members = states(made);
        for (int i = 0; i < members.length; i++) {
            images[i].restore(members[i], members);
            made.get(i).hosts().forEach(HostModule::reset);
        }
    }

    /** Lets new instances have the memories of those that are done for. */
    void recycle(List<Instance> closed) {
        for (int i = 0; i < Math.min(closed.size(), images.length); i++) {
            images[i].recycle(closed.get(i).state());
        }
    }
}
