package dev.airlock.pool;

/** Where a pool has its instances from. Thread-safe. */
interface Source {
    /** How errors name the guest. */
    String name();

    /** A new instance, ready for a call. */
    Pooled create();
}
