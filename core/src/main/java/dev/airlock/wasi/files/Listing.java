package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the names in a directory, one after another, in the order of the host, without {@code .} and {@code ..}. Holds
 * one name in memory at a time. Names that are added or removed meanwhile may or may not be listed; all others are
 * listed exactly once.
 */
public final class Listing implements AutoCloseable {
    /**
     * A listed name.
     *
     * @param name the name
     * @param type the type of the file
     * @param inode as in {@link FileStat}
     */
    public record Entry(String name, FileType type, long inode) {}

    private final Folder folder;
    private final HostDirectory directory;
    private final Iterator<Path> names;
    private boolean closed;

    /** Takes ownership of the directory. */
    Listing(Folder folder, HostDirectory directory) throws IOException {
        this.folder = folder;
        this.directory = directory;
        names = directory.names();
        folder.opened(directory);
    }

    /**
     * Returns the next name, or null at the end.
     *
     * @throws FileException {@code ILLEGAL_NAME} if the host has a name here that a guest cannot express; the next call
     *     continues after it
     */
    public @Nullable Entry next() throws FileException {
        return NamespaceLock.looking("a listing", () -> Optional.ofNullable(following()))
                .orElse(null);
    }

    private @Nullable Entry following() throws IOException, FileException {
        while (!closed && names.hasNext()) {
            Path name = names.next().getFileName();
            String text = name.toString();
            if (!directory.fileSystem().getPath(text).equals(name)) {
                throw FileFailures.of(Kind.ILLEGAL_NAME, HostNames.shown(text));
            }
            try {
                BasicFileAttributes attributes = directory.attributes(name);
                String place = directory.path().resolve(name).toString();
                long inode = FileTypes.Ids.of(attributes, place).inode();
                return new Entry(text, FileTypes.of(attributes), inode);
            } catch (NoSuchFileException e) {
                // Removed since the host read its name.
                continue;
            }
        }
        return null;
    }

    @Override
    public void close() {
        NamespaceLock.closing(() -> {
            if (!closed) {
                closed = true;
                folder.closed(directory);
                directory.close();
            }
        });
    }
}
