package dev.airlock.wasi.files;

/**
 * What is to be done with a file that is being opened.
 *
 * @param create a regular file is made if there is none
 * @param exclusive with {@code create}: there must be none, not even a link
 * @param truncate the file is emptied
 * @param directory it must be a directory
 * @param sync every write reaches the disk, contents and metadata
 * @param dataSync every write's contents reach the disk
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
