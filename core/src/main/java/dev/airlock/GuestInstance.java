package dev.airlock;

/**
 * An instance of a guest, which the caller has for itself: one state, to which several interfaces can be bound. Made by
 * {@link Guest#instance()}.
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
 * <p>Belongs to one thread at a time, and so does all that comes out of it; which thread that is may change between calls.
 * After a {@linkplain dev.airlock.error.Trap trap}, an exit or a limit that was passed it cannot be entered again. It is
 * closed with its guest, if it is not closed before, and by itself when nothing leads to it any longer, nor to anything that
 * came out of it.
 */
public abstract sealed class GuestInstance implements AutoCloseable permits CoreGuestInstance, ComponentGuestInstance {
    GuestInstance() {}

    /**
     * Returns this instance as a Java interface, each method of which calls the function of its name. If the interface is
     * {@link AutoCloseable}, its {@code close()} closes this instance.
     *
     * @throws dev.airlock.error.SignatureException with all that does not fit, on both sides
     */
    public abstract <T> T as(Class<T> type);

    /** Another name for {@link #as}, which is a keyword in Kotlin. */
    public final <T> T bind(Class<T> type) {
        return as(type);
    }

    /**
     * Captures the state of this instance as it is now, for others to start from: see {@link Guest#instance(GuestSnapshot)}.
     *
     * @throws dev.airlock.error.InstanceStateException if it holds what cannot be captured, such as an open file or a
     *     resource of the host's; if a thread is in it, this one too; after a trap, an exit, or when it is closed
     */
    public abstract GuestSnapshot snapshot();

    /**
     * Takes this instance back to the snapshot that it was made of. Interfaces that were bound to it stay bound. This costs
     * what was written since, not what there is.
     *
     * @throws dev.airlock.error.InstanceStateException if it was not made of a snapshot; if a thread is in it, this one too;
     *     after a trap, an exit, or when it is closed
     */
    public abstract void reset();

    /**
     * Releases what the host holds for this instance, and ends it. Closing twice does no harm.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public abstract void close();
}
