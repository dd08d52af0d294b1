package dev.airlock;

import dev.airlock.type.FuncType;
import dev.airlock.wit.FunctionText;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a guest that only the caller uses: one state, to which several interfaces can be bound. Created by {@link
 * Guest#instance()}.
 *
 * <pre>{@code
 * try (GuestInstance first = guest.instance()) {
 *   first.as(Setup.class).load(data);
 *   GuestSnapshot loaded = first.snapshot();
 *   try (GuestInstance instance = guest.instance(loaded)) {
 *     instance.as(Search.class).find("Ada");
 *     instance.reset(); // as it was when it had loaded
 *   }
 * }
 * }</pre>
 *
 * <p>One thread at a time may use it and everything that comes out of it; the thread may change between calls.
 * After a {@linkplain dev.airlock.error.Trap trap}, an exit or a limit that was reached it cannot be entered again. It is
 * closed with its guest, or automatically when neither it nor anything that came out of it is reachable.
 */
public abstract sealed class GuestInstance implements AutoCloseable permits CoreGuestInstance, ComponentGuestInstance {
    GuestInstance() {}

    /**
     * Returns this instance as a Java interface, each method of which calls the function of its name. If the interface is
     * {@link AutoCloseable}, its {@code close()} closes this instance.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     * @throws dev.airlock.error.SignatureException with each mismatch between the interface and the guest
     */
    public abstract <T> T as(Class<T> type);

    /**
     * Does the same as {@link #as}, whose name is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     */
    public final <T> T bind(Class<T> type) {
        return as(type);
    }

    /**
     * Calls a function that is known only at run time, as {@link Guest#call} does, except that all calls use this instance and
     * that functions may take and return resources.
     *
     * @param function the function's name or signature
     * @param args one argument for each parameter
     * @return the result; null if the function has none
     * @throws dev.airlock.error.WitException if the text is neither a name nor a signature
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the signature
     * @throws dev.airlock.error.ValueException for an argument that does not fit, with the path to the place
     * @throws dev.airlock.error.Trap if the guest traps; for other failures see {@link GuestFunction#call}
     */
    public final @Nullable Object call(String function, @Nullable Object @Nullable ... args) {
        return function(function).invoke(args);
    }

    /**
     * Finds a function of this instance and binds it, so that every mistake except in values is reported before a call.
     *
     * @param function its name or its signature, as for {@link Guest#call}
     * @return the function
     * @throws dev.airlock.error.WitException if the text is neither a name nor a signature
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the signature
     */
    public final GuestFunction function(String function) {
        FunctionText text = FunctionText.parse(function);
        return function(text.name(), text.type());
    }

    /**
     * Finds a function of this type, and binds it.
     *
     * @param name the name of the function, without its type
     * @param type what its signature says; null if the guest's own types suffice
     * @return the function
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the type
     */
    public abstract GuestFunction function(String name, @Nullable FuncType type);

    /**
     * Captures the current state of this instance, for other instances to start from: see {@link Guest#instance(GuestSnapshot)}.
     *
     * @return the snapshot
     * @throws dev.airlock.error.InstanceStateException if it holds state that cannot be captured, such as an open file or a
     *     resource of the host; if a thread is in it, including this one; after a trap, an exit, or when it is closed
     */
    public abstract GuestSnapshot snapshot();

    /**
     * Resets this instance to the snapshot that it was created from. Interfaces that were bound to it stay bound. The cost
     * depends on what was written since, not on the size of the memory.
     *
     * @throws dev.airlock.error.InstanceStateException if it was not created from a snapshot; if a thread is in it, including this one;
     *     after a trap, an exit, or when it is closed
     */
    public abstract void reset();

    /**
     * Ends this instance, and releases what the host holds for it. Closing a closed instance has no effect.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public abstract void close();
}
