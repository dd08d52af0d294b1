package dev.airlock.pool;

/** Where a pool has its instances from. Thread-safe. */
interface Source {
    /** Returns how errors name the guest. */
    String name();

    /** @throws dev.airlock.error.SignatureException if an interface gives what outlives a call, and so a loan */
    void checkCallsStandAlone(Class<?> type);

    /** Returns a new instance, ready for a call. */
    Pooled create();
}
