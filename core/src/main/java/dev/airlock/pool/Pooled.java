package dev.airlock.pool;

/** One instance of a guest, as a pool handles it. */
interface Pooled {
    /** The instance as an interface. */
    <T> T bind(Class<T> type);

    /** Puts it back to the snapshot. What was bound stays bound. */
    void reset();

    /** Whether it can be entered no more. */
    boolean isShut();

    void close();
}
