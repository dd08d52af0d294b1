package dev.airlock.wasi.files;

/**
 * What a guest may change in a folder.
 *
 * @param readOnly whether the guest may change nothing
 * @param maxBytes the number of bytes by which the guest may grow files in total; {@code Long.MAX_VALUE} for any number
 * @param maxFiles the number of names (files, directories, links) that the guest may add in total; {@code
 *     Long.MAX_VALUE} for any number
 */
public record FolderBounds(boolean readOnly, long maxBytes, long maxFiles) {
    /** Lets the guest change nothing. */
    public static final FolderBounds READ_ONLY = new FolderBounds(true, 0, 0);

    /** Lets the guest change everything. */
    public static final FolderBounds UNLIMITED = new FolderBounds(false, Long.MAX_VALUE, Long.MAX_VALUE);
}
