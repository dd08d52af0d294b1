package dev.airlock.component;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.ValueException;

/**
 * A resource that a component defines, as Java holds it: what a {@link dev.airlock.type.HandleValue} of one has for its
 * target.
 *
 * <p>One that came as an {@code own} belongs to whoever holds it, who closes it, or gives it to a function that takes an
 * {@code own}. One that came as a {@code borrow} ends with the call that it came by, and any ends where its instance is
 * {@linkplain ComponentInstance#reset reset}. Belongs to its instance's thread.
 */
public final class GuestResource implements AutoCloseable {
    private final ComponentState holder;
    private final LinkedResource type;
    private final Integer representation;
    private final boolean owned;
    private final long generation;
    private int lends;
    private String ended = "";

    GuestResource(ComponentState holder, LinkedResource type, Integer representation, boolean owned) {
        this.holder = holder;
        this.type = type;
        this.representation = representation;
        this.owned = owned;
        this.generation = type.generation();
    }

    /** Whether it is to be closed by whoever holds it. */
    public boolean isOwned() {
        return owned;
    }

    /** The name of the resource where it is defined. */
    public String name() {
        return type.name();
    }

    void check(LinkedResource wanted, boolean own, String name) {
        if (wanted != type) {
            throw new ValueException(name + ": takes a " + wanted + ", got "
                    + (wanted.name().equals(type.name()) ? "one of another instance" : "a " + type));
        }
        if (hasEnded()) {
            throw new ValueException(name + ": this " + type + " is not there any more: " + ended);
        }
        if (own && !owned) {
            throw new ValueException(name + ": this " + type + " is borrowed, so it cannot be given away");
        }
        if (own && lends > 0) {
            throw new ValueException(
                    name + ": this " + type + " is lent to a call that runs, so it cannot be given away");
        }
    }

    private boolean hasEnded() {
        if (ended.isEmpty() && generation != type.generation()) {
            ended = "its instance was reset";
        }
        return !ended.isEmpty();
    }

    /** Refuses where the resource itself is what is called. */
    void checkThere() {
        if (hasEnded()) {
            throw new InstanceStateException("this " + type + " is not there any more: " + ended);
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

    /**
     * Ends the resource: the guest's destructor runs. Closing twice, or after the instance is gone or was reset, does no
     * harm; a borrow is not closed by this.
     *
     * @throws InstanceStateException if the resource is lent to a call that runs, or its instance cannot be entered since it
     *     is running
     * @throws dev.airlock.error.Trap if the destructor traps
     */
    @Override
    public void close() {
        ComponentState definer = type.definer();
        if (!owned || hasEnded() || definer == null || definer.compartment().isShut()) {
            return;
        }
        if (lends > 0) {
            throw new InstanceStateException("this " + type + " is lent to a call that runs, so it cannot be closed");
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
