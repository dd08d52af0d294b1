package dev.airlock.wasi.files;

/**
 * What a guest may do with a folder.
 *
 * @param readOnly nothing in the folder changes by the guest's doing
 * @param maxBytes how many bytes files may grow by in all; what the guest deletes or cuts off is given back.
 *     {@code Long.MAX_VALUE}: any number
 * @param maxFiles how many names (files, directories, links) may be added in all; what the guest deletes is given back.
 *     {@code Long.MAX_VALUE}: any number
 */
public record FolderRules(boolean readOnly, long maxBytes, long maxFiles) {
    public FolderRules {
        if (maxBytes < 0 || maxFiles < 0) {
            throw new IllegalArgumentException(
                    "a quota is not negative: " + maxBytes + " bytes, " + maxFiles + " files");
        }
    }

    /** All may be read, nothing changed. */
    public static FolderRules forReading() {
        return new FolderRules(true, 0, 0);
    }

    /** All may be read and changed, with no bounds but the disk's. */
    public static FolderRules forWriting() {
        return new FolderRules(false, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
