package dev.airlock.abi.canonical;

import dev.airlock.memory.NarrowText;
import org.jspecify.annotations.Nullable;

/**
 * What a crossing by the canonical ABI needs to know of one component instance while it runs: whether the instance may be
 * left, and its table of handles (Canonical ABI, "Component Instances", "Table State").
 *
 * <p>The room that runs components implements it, one object for each component instance. Memories and functions are not
 * here: {@link CanonicalFunctions} has a way to each from this object, so that the code of a crossing, which is made once
 * for a component, serves all instances of it.
 *
 * <p>A resource is named by a number that {@link CanonicalFunctions#resource} gave for its type when the code was made.
 * What stands for a resource between two instances is its representation: an object of the implementor's choosing, the
 * same whichever instance's table it comes from.
 *
 * <p>Methods that the guest's numbers reach throw {@link dev.airlock.error.Trap}; those that Java's objects reach throw
 * {@link dev.airlock.error.ValueException}. One that is never called by the types at hand need not do anything but throw.
 */
public abstract class CanonicalContext {
    private boolean mayLeave = true;
    private @Nullable NarrowText ascii;
    private @Nullable NarrowText latin1;

    /** Returns whether a string's characters, one byte each, are its bytes in an encoding. */
    final boolean isNarrow(String text, StringEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> {
                if (ascii == null) {
                    ascii = NarrowText.ascii();
                }
                yield ascii.holds(text);
            }
            case LATIN1_UTF16 -> {
                if (latin1 == null) {
                    latin1 = NarrowText.latin1();
                }
                yield latin1.holds(text);
            }
            case UTF16 -> false;
        };
    }

    /** Returns whether the instance may call what it imports: not while {@code realloc} or {@code post-return} run. */
    public final boolean mayLeave() {
        return mayLeave;
    }

    /** Set by crossings around {@code realloc} and {@code post-return}. It is not reset after a trap. */
    public final void mayLeave(boolean may) {
        mayLeave = may;
    }

    /**
     * Returns the representation of a Java object that goes in. Checks it and changes nothing: called before the guest
     * is touched. A transfer of ownership takes effect only when {@link #lowerOwn} is called.
     *
     * @param own whether ownership goes with it
     * @param name of the value, for errors
     */
    public abstract Object fromJava(int resource, Object value, boolean own, String name);

    /**
     * Returns the Java object for a representation that came out.
     *
     * @param own whether the object owns it now; else it is refused after the call
     * @param javaType the type that is wanted; {@code Object} in the dynamic form, for the target of a {@link
     *     dev.airlock.type.HandleValue}
     */
    public abstract Object toJava(int resource, Object representation, boolean own, Class<?> javaType);

    /** Returns a handle for a representation that goes into this instance: {@code lower_own}. */
    public abstract int lowerOwn(int resource, Object representation);

    /** Removes a handle from this instance's table, which must own it and not have it lent: {@code lift_own}. */
    public abstract Object liftOwn(int resource, int handle);

    /**
     * Returns a handle that is valid until the innermost scope ends, or the representation itself: {@code
     * lower_borrow}.
     */
    public abstract int lowerBorrow(int resource, Object representation);

    /** Returns the representation of a handle, lent until the innermost scope ends: {@code lift_borrow}. */
    public abstract Object liftBorrow(int resource, int handle);

    /**
     * Begins a call whose type has borrows. Scopes nest, one for each such call. Called after what can fail in Java and
     * before the first handle is lowered or lifted.
     */
    public abstract void beginScope();

    /**
     * Ends that call: traps if the guest kept a handle that it had to drop ({@code num_borrows}), and returns what it
     * lent ({@code num_lends}). Not called after a failure.
     */
    public abstract void endScope();

    /** Everything that was lifted with its ownership has reached its new owner. Not called after a failure. */
    public abstract void taken();

    /**
     * A Java function has returned. From now until {@link #endGiving} the guest is the only owner of the resources that
     * {@link #fromJava} is given with {@code own}; if something fails before they are lowered, they are dropped.
     */
    public abstract void beginGiving();

    /** All of these have been lowered. Not called after a failure. */
    public abstract void endGiving();
}
