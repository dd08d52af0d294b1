package dev.airlock.component.run;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.ValueException;
import dev.airlock.type.GuestResource;

/** Implements {@link GuestResource}: a handle in Java of a resource that a component defines. */
public final class HeldResource implements GuestResource, ResourceHolder {
    private final ComponentState holder;
    private final LinkedResource type;
    private final Integer representation;
    private final boolean owned;
    private final long generation;
    private int lends;
    private String ended = "";

    HeldResource(ComponentState holder, LinkedResource type, Integer representation, boolean owned) {
        this.holder = holder;
        this.type = type;
        this.representation = representation;
        this.owned = owned;
        this.generation = type.generation();
    }

    @Override
    public boolean isOwned() {
        return owned;
    }

    @Override
    public String name() {
        return type.name();
    }

    @Override
    public HeldResource resource() {
        return this;
    }

    void check(LinkedResource wanted, boolean own, String name) {
        if (wanted != type) {
            throw new ValueException(name + ": takes a " + wanted + ", got "
                    + (wanted.name().equals(type.name()) ? "one of another instance" : "a " + type));
        }
        if (hasEnded()) {
            throw new ValueException(name + ": this " + type + " no longer exists: " + ended);
        }
        if (own && !owned) {
            throw new ValueException(name + ": this " + type + " is borrowed, so it cannot be given away");
        }
        if (own && lends > 0) {
            throw new ValueException(
                    name + ": this " + type + " is lent to a running call, so it cannot be given away");
        }
    }

    private boolean hasEnded() {
        if (ended.isEmpty() && generation != type.generation()) {
            ended = "its instance was reset";
        }
        return !ended.isEmpty();
    }

    /** Checks that the resource exists, before a call of one of its methods. */
    public void checkThere() {
        if (hasEnded()) {
            throw new InstanceStateException("this " + type + " no longer exists: " + ended);
        }
    }

    Integer giveAway() {
        ended = "it was given away";
        return representation;
    }

    Integer lend() {
        lends++;
        return representation;
    }

    void giveBack() {
        lends--;
    }

    void endBorrow() {
        ended = "it was borrowed, and the call is over";
    }

    @Override
    public void close() {
        ComponentState definer = type.definer();
        if (!owned || hasEnded() || definer == null || definer.compartment().isShut()) {
            return;
        }
        if (lends > 0) {
            throw new InstanceStateException("this " + type + " is lent to a running call, so it cannot be closed");
        }
        HostCalls.run(definer.fromHost(), type + "'s destructor", () -> {
            // Another thread may have reset the instance until just now.
            if (!hasEnded()) {
                ended = "it is closed";
                type.destroy(representation);
            }
        });
    }

    @Override
    public String toString() {
        return (owned ? "own " : "borrow ") + type + " of " + holder + (hasEnded() ? ", ended: " + ended : "");
    }
}
