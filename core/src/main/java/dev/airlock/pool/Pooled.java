package dev.airlock.pool;

/** One instance of a guest, as a pool handles it. */
interface Pooled {
    /** The instance as an interface. */
    <T> T bind(Class<T> type);

    /** As new: itself, put back to the snapshot, or another in its place, whose interfaces are other objects. */
    Pooled reset();

    /** Whether it can be entered no more. */
    boolean isShut();

    void close();
}
