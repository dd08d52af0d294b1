package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;

/**
 * Counts what one guest has added to one folder, against its bounds. The count never falls below what was really added:
 * when a file from before shrinks, only bytes that the guest had added are given back.
 */
final class Ledger {
    private final long maxBytes;
    private final long maxNames;
    private long bytes;
    private long names;

    Ledger(FolderBounds rules) {
        maxBytes = rules.maxBytes();
        maxNames = rules.maxFiles();
    }

    boolean limitsBytes() {
        return maxBytes != Long.MAX_VALUE;
    }

    synchronized void chargeBytes(long more, String about) throws FileException {
        if (more > maxBytes - bytes) {
            throw FileFailures.of(Kind.QUOTA, about);
        }
        bytes += more;
    }

    synchronized void giveBackBytes(long fewer) {
        bytes = Math.max(0, bytes - fewer);
    }

    synchronized void chargeName(String about) throws FileException {
        if (names >= maxNames) {
            throw FileFailures.of(Kind.QUOTA, about);
        }
        names++;
    }

    synchronized void giveBackName() {
        names = Math.max(0, names - 1);
    }
}
