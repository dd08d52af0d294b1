package dev.airlock.pool;

import dev.airlock.limit.CallOptions;
import java.util.function.Supplier;

/** One instance of a guest, as a pool handles it. */
interface Pooled {
    /** Returns the instance as an interface whose methods return no futures. */
    <T> T bind(Class<T> type);

    /** Returns the instance as an interface. Methods that return futures return them complete. */
    <T> T bindCompleting(Class<T> type);

    /** Applies these options to the calls from now on. */
    void heed(CallOptions options);

    /**
     * Captures the state of this instance, and returns a thread-safe maker of instances that start in it. The maker does not
     * retain this instance.
     *
     * @throws dev.airlock.error.InstanceStateException if the state cannot be captured
     */
    Supplier<Pooled> capture();

    /** Puts the instance back into the state in which it started. Interfaces that were bound stay bound. */
    void reset();

    /** Returns whether the instance can no longer be entered. */
    boolean isShut();

    void close();
}
