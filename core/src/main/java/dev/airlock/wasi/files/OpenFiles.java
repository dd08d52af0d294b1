package dev.airlock.wasi.files;

import java.nio.file.FileSystem;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files that guests of this JVM have open, so that guests that share a file grow it one after the other. */
final class OpenFiles {
    /** A file, by whatever name it was opened. It is the lock that is held while its length changes. */
    static final class Shared {
        private final Identity identity;
        private int users;
        private @Nullable Ledger owed;

        private Shared(Identity identity) {
            this.identity = identity;
        }
    }

    /**
     * Identifies a file.
     *
     * @param key the host's key, or a path if the host has none
     */
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

    /**
     * Records that a guest closed the file.
     *
     * @param size the current size: if the last name was deleted, the bytes are given back when no guest has the file
     *     open
     */
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

    /** Records that the last name of a file is gone: its bytes are given back at once, or when it is closed. */
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
