package dev.airlock.component.run;

import dev.airlock.codegen.Handles;
import dev.airlock.component.run.HandleTable.Handle;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the host that the instances of one component own, in the order in which they came to own them. Closing
 * drops all of them, each once. It does not lead to the instances, so that a cleaner can hold it: see
 * {@link dev.airlock.engine.Holdings}.
 */
public final class HostObjects implements AutoCloseable {
    private final String component;

    /** Linked by {@link Handle#next} and {@link Handle#previous}. */
    private @Nullable Handle first;

    private @Nullable Handle last;

    /** Those that are on their way, by their objects; of one object the last one, which leads to the others. */
    private @Nullable Map<Object, Handle> departed;

    /** @param component its name, for errors */
    HostObjects(String component) {
        this.component = component;
    }

    void add(Handle owner) {
        owner.previous = last;
        if (last == null) {
            first = owner;
        } else {
            last.next = owner;
        }
        last = owner;
    }

    /** @param owner that was added, and not removed since */
    void remove(Handle owner) {
        if (owner.previous == null) {
            first = owner.next;
        } else {
            owner.previous.next = owner.next;
        }
        if (owner.next == null) {
            last = owner.previous;
        } else {
            owner.next.previous = owner.previous;
        }
        owner.previous = null;
        owner.next = null;
    }

    /** One that is on its way from one owner to another: it stays in here until it has arrived. */
    void depart(Handle owner) {
        if (departed == null) {
            departed = new IdentityHashMap<>();
        }
        owner.alike = departed.put(owner.representation, owner);
    }

    /** An object is owned by another handle from now on: the one by which it departed, if it did, is forgotten. */
    void arrive(Object object) {
        Map<Object, Handle> known = departed;
        Handle owner = known == null ? null : known.remove(object);
        if (known != null && owner != null) {
            remove(owner);
            if (owner.alike != null) {
                known.put(object, owner.alike);
                owner.alike = null;
            }
        }
    }

    /** All that departed has left for good. */
    void allArrived() {
        if (departed != null) {
            for (Handle owner : departed.values()) {
                for (Handle one = owner; one != null; one = one.alike) {
                    remove(one);
                }
            }
            departed = null;
        }
    }

    /** All that are in here, which has none then; their handles are not used again. */
    public HostObjects takeAll() {
        var taken = new HostObjects(component);
        taken.first = first;
        taken.last = last;
        first = null;
        last = null;
        departed = null;
        return taken;
    }

    /** @throws RuntimeException what the host's functions threw: the first, with the others in it; or an Error alike */
    @Override
    public void close() {
        Throwable failure = null;
        for (Handle owner = first; owner != null; owner = first) {
            remove(owner);
            try {
                owner.resource.destroy(owner.representation);
            } catch (Throwable e) {
                // Not only unchecked ones: a resource's close() may throw any.
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure instanceof Exception && !(failure instanceof RuntimeException)) {
            throw new IllegalStateException("a resource of " + component + " could not be dropped", failure);
        }
        if (failure != null) {
            throw Handles.sneaky(failure);
        }
    }
}
