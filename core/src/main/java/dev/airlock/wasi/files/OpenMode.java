package dev.airlock.wasi.files;

/**
 * How to open a file.
 *
 * @param read whether it can be read
 * @param write whether it can be written
 * @param create creates a regular file if there is none
 * @param exclusive with {@code create}: fails if the name is taken, even by a link
 * @param truncate empties the file
 * @param directory fails if it is not a directory
 * @param sync every write reaches the disk, contents and metadata
 * @param dataSync the contents of every write reach the disk
 */
public record OpenMode(
        boolean read,
        boolean write,
        boolean create,
        boolean exclusive,
        boolean truncate,
        boolean directory,
        boolean sync,
        boolean dataSync) {}
