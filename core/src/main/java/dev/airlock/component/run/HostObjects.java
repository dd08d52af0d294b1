package dev.airlock.component.run;

import dev.airlock.codegen.Handles;
import dev.airlock.component.run.HandleTable.Handle;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host objects that the instances of one family own, in the order of acquisition. Closing drops each of them once. This
 * object does not refer to the instances, so that a cleaner can hold it: see {@link dev.airlock.engine.Holdings}.
 */
public final class HostObjects implements AutoCloseable {
    private final String component;

    /** Linked by {@link Handle#next} and {@link Handle#previous}. */
    private @Nullable Handle first;

    private @Nullable Handle last;

    /** The handles in transit by object. If an object has several, this is the last one, linked to the others. */
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

    /** @param owner a handle that was added and not removed since */
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

    /** Marks a handle as in transit to another owner. It stays in this list until {@link #arrive}. */
    void depart(Handle owner) {
        if (departed == null) {
            departed = new IdentityHashMap<>();
        }
        owner.alike = departed.put(owner.representation, owner);
    }

    /** Notes that another handle owns an object now, and removes the handle by which the object departed, if any. */
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

    /** Removes all handles in transit: their objects have new owners. */
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

    /** Moves all objects to a new list, and empties this one. Their handles are not used again. */
    public HostObjects takeAll() {
        var taken = new HostObjects(component);
        taken.first = first;
        taken.last = last;
        first = null;
        last = null;
        departed = null;
        return taken;
    }

    /** @throws RuntimeException the first exception of a host function, with later ones suppressed; an Error likewise */
    @Override
    public void close() {
        Throwable failure = null;
        for (Handle owner = first; owner != null; owner = first) {
            remove(owner);
            try {
                owner.resource.destroy(owner.representation);
            } catch (Throwable e) {
                // Also checked exceptions: the close() of a resource may throw any.
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
