package dev.airlock.engine;

import dev.airlock.error.LinkException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all instances of a compartment held at one moment. What they share is kept once, with the one that made it, and
 * references to each other's functions are kept. Immutable and thread-safe. Public for the room {@code component} alone; no
 * program should use it.
 */
public final class CompartmentSnapshot {
    private final List<InstanceImage> images = new ArrayList<>();

    /** Of instances that only the calling thread has entered. */
    CompartmentSnapshot(List<Instance> instances) {
        Map<run.endive.runtime.Instance, Integer> members = new IdentityHashMap<>();
        instances.forEach(instance -> members.put(instance.endive(), members.size()));
        instances.forEach(instance -> images.add(new InstanceImage(instance, members)));
    }

    /**
     * What the next instance starts from.
     *
     * @param made how many have been made
     * @throws LinkException if it is of another module than the one that was captured
     */
    InstanceImage next(int made, Module module) {
        InstanceImage image = made < images.size() ? images.get(made) : null;
        if (image == null || image.module() != module) {
            throw new LinkException(
                    module.name(),
                    List.of("it was not there when the snapshot was made"
                            + (image == null ? "" : ", but " + image.module().name())));
        }
        return image;
    }

    /**
     * Fills instances that were made of this just now, all of them.
     *
     * @return what {@link #restore} wants to know of them
     */
    run.endive.runtime.Instance[] fill(List<Instance> made) {
        if (made.size() != images.size()) {
            throw new LinkException(
                    images.get(made.size()).module().name(), List.of("it was there when the snapshot was made"));
        }
        run.endive.runtime.Instance[] members =
                made.stream().map(Instance::endive).toArray(run.endive.runtime.Instance[]::new);
        for (int i = 0; i < members.length; i++) {
            images.get(i).fill(members[i], members);
        }
        return members;
    }

    /** Takes instances that were made of this back to it. Only the calling thread has entered them. */
    void restore(run.endive.runtime.Instance[] members) {
        for (int i = 0; i < members.length; i++) {
            images.get(i).restore(members[i], members);
        }
    }

    /** Lets new instances have the memories of those that are done for. */
    void recycle(List<Instance> closed) {
        for (int i = 0; i < closed.size(); i++) {
            images.get(i).recycle(closed.get(i));
        }
    }
}
