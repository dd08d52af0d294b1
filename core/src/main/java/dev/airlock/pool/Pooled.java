package dev.airlock.pool;

import dev.airlock.limit.CallOptions;

/** One instance of a guest, as a pool handles it. */
interface Pooled {
    /** Returns the instance as an interface, whose methods return no futures. */
    <T> T bind(Class<T> type);

    /** Returns the instance as an interface. Methods that return futures return them complete. */
    <T> T bindCompleting(Class<T> type);

    /** Has options hold for the calls from now on. */
    void heed(CallOptions options);

    /** Puts it back to the snapshot. What was bound stays bound. */
    void reset();

    /** Returns whether it can be entered no more. */
    boolean isShut();

    void close();
}
