package dev.airlock.wasi.files;

import org.jspecify.annotations.Nullable;

/**
 * The names in a directory, one after another, as the host hands them out: without {@code .} and {@code ..}, sorted by
 * nothing, and held in memory one at a time. Names that are added or removed meanwhile may or may not be among them;
 * all others come exactly once.
 */
public final class Listing implements AutoCloseable {
    /**
     * @param inode as in {@link FileStat}
     */
    public record Entry(String name, FileType type, long inode) {}

    Listing() {}

    /** The next one, or null at the end. */
    public @Nullable Entry next() throws FileException {
        throw new FileException(FileException.Kind.NOT_SUPPORTED, "not yet");
    }

    @Override
    public void close() {}
}
