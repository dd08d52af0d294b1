package dev.airlock.engine;

import dev.airlock.engine.compile.ModuleCompiler;
import dev.airlock.engine.compile.jvm.Comparisons;
import dev.airlock.engine.load.CompiledCode;
import dev.airlock.engine.simd.VectorObjectCode;
import dev.airlock.store.ByteStore;
import dev.airlock.store.EntryKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compiled code in a folder. An entry's key is made of the module's bytes and of all else that decides what they are compiled
 * to, so that versions which differ there never meet each other's entries.
 */
final class CodeCache {
    private final ByteStore store;

    CodeCache(ByteStore store) {
        this.store = store;
    }

    static EntryKey key(byte[] module, boolean deterministic, boolean fuel) {
        return EntryKey.of(
                module,
                "compiled module",
                Integer.toString(ModuleCompiler.FORMAT),
                deterministic ? "deterministic" : "",
                fuel ? "fuel" : "",
                Comparisons.ARE_FOLDED_WRONGLY ? "comparisons not folded" : "",
                // A JVM without that module cannot load such code.
                VectorObjectCode.IS_CHOSEN ? "vectors are objects" : "");
    }

    @Nullable
    CompiledCode find(EntryKey key) {
        ByteBuffer entry = store.find(key);
        if (entry == null) {
            return null;
        }
        try {
            return CompiledCode.read(entry);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            // Its checksum is right, so another program wrote it.
            Debug.log("the cached code {0} cannot be read: {1}", key, e);
            return null;
        }
    }

    void save(EntryKey key, CompiledCode code) {
        store.save(key, code.bytes());
    }
}
