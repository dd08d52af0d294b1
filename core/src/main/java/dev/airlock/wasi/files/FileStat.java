package dev.airlock.wasi.files;

/**
 * Attributes of a file.
 *
 * @param type the type of the file
 * @param device the host's number of the file system, or 0 if the host reports none
 * @param inode a number that no other file of this device has at this time
 * @param links how many names the file has, or 1 if the host does not report it
 * @param size in bytes
 * @param accessedNanos nanoseconds since 1970
 * @param modifiedNanos nanoseconds since 1970
 * @param changedNanos nanoseconds since 1970; the time of modification if the host does not report it
 */
public record FileStat(
        FileType type,
        long device,
        long inode,
        long links,
        long size,
        long accessedNanos,
        long modifiedNanos,
        long changedNanos) {}
