package dev.airlock.wasi;

import dev.airlock.wasi.files.FolderBounds;

/**
 * Says what a guest may do with a folder of the host.
 *
 * @param readOnly whether the guest may change nothing in the folder
 * @param maxBytes the number of bytes by which the guest may grow files in total; bytes that the guest deletes or cuts off
 *     are available again. {@code Long.MAX_VALUE} for any number
 * @param maxFiles the number of names (files, directories, links) that the guest may add in total; names that the guest
 *     deletes are available again. {@code Long.MAX_VALUE} for any number
 */
public record FolderRules(boolean readOnly, long maxBytes, long maxFiles) {
    /**
     * Checks the numbers.
     *
     * @param readOnly see above
     * @param maxBytes see above
     * @param maxFiles see above
     * @throws IllegalArgumentException if a number is negative
     */
    public FolderRules {
        if (maxBytes < 0 || maxFiles < 0) {
            throw new IllegalArgumentException(
                    "the bounds of a folder must not be negative, got " + maxBytes + " bytes, " + maxFiles + " files");
        }
    }

    /**
     * Returns rules that let the guest read everything and change nothing.
     *
     * @return the rules
     */
    public static FolderRules forReading() {
        return new FolderRules(true, 0, 0);
    }

    /**
     * Returns rules that let the guest read and change everything, as far as the disk has room.
     *
     * @return the rules
     */
    public static FolderRules forWriting() {
        return new FolderRules(false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    FolderBounds bounds() {
        return new FolderBounds(readOnly, maxBytes, maxFiles);
    }
}
