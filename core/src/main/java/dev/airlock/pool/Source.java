package dev.airlock.pool;

/** What a pool takes its instances from: a core module or a component, with its linker. Thread-safe. */
interface Source {
    /** Returns the name of the guest in errors. */
    String name();

    /** @throws dev.airlock.error.SignatureException if a method returns a value that outlives the call, and so the loan */
    void checkCallsStandAlone(Class<?> type);

    /** Returns a new instance, in which no call was made. */
    Pooled create();
}
