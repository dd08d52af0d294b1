package dev.airlock.type;

/**
 * A resource that a component defines, as Java holds it: the target of a {@link HandleValue}.
 *
 * <p>A resource that came as an {@code own} belongs to the program: close it, or pass it to a function that takes an
 * {@code own}. A resource that came as a {@code borrow} ends with the call that it came with. Any resource ends when its
 * instance is reset or closed. A resource belongs to the thread of its instance.
 */
public interface GuestResource extends AutoCloseable {
    /**
     * Returns whether the program owns the resource.
     *
     * @return true for an {@code own}, false for a {@code borrow}
     */
    boolean isOwned();

    /**
     * Returns the name of the resource's type.
     *
     * @return as the component that defines it has it
     */
    String name();

    /**
     * Ends the resource: the guest's destructor runs. Closing has no effect on a borrow, on a resource that has ended, or after
     * its instance was closed or reset.
     *
     * @throws dev.airlock.error.InstanceStateException if the resource is lent to a call that runs, or its instance cannot be
     *     entered since it is running
     * @throws dev.airlock.error.Trap if the destructor traps
     */
    @Override
    void close();
}
