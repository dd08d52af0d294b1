package dev.airlock.wasi.files;

import java.nio.file.FileSystem;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files that guests of this JVM have open, so that those who share one take turns in growing it. */
final class OpenFiles {
    /** One file, by whatever name it was opened. Held as a lock while its length changes. */
    static final class Shared {
        private final Identity identity;
        private int users;
        private @Nullable Ledger owed;

        private Shared(Identity identity) {
            this.identity = identity;
        }
    }

    /** @param key the host's key, or a path where it has none */
    record Identity(FileSystem fileSystem, Object key) {}

    private static final ConcurrentHashMap<Identity, Shared> OPEN = new ConcurrentHashMap<>();

    private OpenFiles() {}

    static Shared enter(Identity identity) {
        Shared shared = OPEN.compute(identity, (id, known) -> {
            Shared one = known == null ? new Shared(id) : known;
            one.users++;
            return one;
        });
        return shared;
    }

    /** @param size of the file now: what its last name was deleted with is given back when nobody holds it open */
    static void leave(Shared shared, long size) {
        OPEN.compute(shared.identity, (id, known) -> {
            if (--shared.users > 0) {
                return shared;
            }
            if (shared.owed != null) {
                shared.owed.giveBackBytes(size);
            }
            return null;
        });
    }

    /** Its last name is gone: gives its bytes back, at once or when it is closed. */
    static void deleted(Identity identity, Ledger ledger, long size) {
        Shared open = OPEN.computeIfPresent(identity, (id, known) -> {
            known.owed = ledger;
            return known;
        });
        if (open == null) {
            ledger.giveBackBytes(size);
        }
    }
}
