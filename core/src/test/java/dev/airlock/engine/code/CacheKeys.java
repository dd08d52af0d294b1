package dev.airlock.engine.code;

import dev.airlock.store.EntryKey;

/** The keys of cached code, for tests of other rooms. */
public final class CacheKeys {
    private CacheKeys() {}

    /** The key of a module's code. */
    public static EntryKey of(byte[] module) {
        return CodeCache.key(module);
    }
}
