package dev.airlock.wasi.files;

/**
 * What the host tells of a file.
 *
 * @param device the host's number of the file system, or 0 where it tells none
 * @param inode a number that no other file of this device has at this time
 * @param links how many names the file has, or 1 where the host does not tell
 * @param size in bytes
 * @param accessedNanos nanoseconds since 1970
 * @param modifiedNanos nanoseconds since 1970
 * @param changedNanos nanoseconds since 1970; the time of modification where the host does not tell
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
