package dev.airlock.wasi.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory known by its path only, for hosts that have nothing better: Windows, and most third-party file systems.
 * Every operation first checks that the path still leads to the same directory, as far as the host can tell. What
 * another process does between that check and the operation goes unnoticed.
 */
final class NamedHostDirectory extends HostDirectory {
    private final @Nullable Object key;
    private boolean closed;
    private @Nullable DirectoryStream<Path> listing;

    NamedHostDirectory(Path path) throws IOException {
        super(path);
        key = attributes().fileKey();
    }

    @Override
    BasicFileAttributes attributes() throws IOException {
        BasicFileAttributes found = Files.readAttributes(path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (closed
                || FileTypes.of(found) != FileType.DIRECTORY
                || !Objects.equals(key, found.fileKey()) && key != null) {
            throw new NoSuchFileException(path().toString());
        }
        return found;
    }

    @Override
    BasicFileAttributes attributes(Path name) throws IOException {
        return Files.readAttributes(at(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    HostDirectory openDirectory(Path name) throws IOException {
        return new NamedHostDirectory(at(name));
    }

    @Override
    HostDirectory again() throws IOException {
        return new NamedHostDirectory(path());
    }

    @Override
    SeekableByteChannel openFile(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        try {
            return Files.newByteChannel(at(name), all);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // A file system without links does not know the option.
            return Files.newByteChannel(at(name), options);
        }
    }

    @Override
    void deleteFile(Path name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    void deleteDirectory(Path name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    void move(Path name, HostDirectory to, Path toName) throws IOException {
        replace(at(name), to.reachable().resolve(toName));
    }

    @Override
    BasicFileAttributeView view() throws IOException {
        return Files.getFileAttributeView(reachable(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    BasicFileAttributeView view(Path name, boolean link) throws IOException {
        return Files.getFileAttributeView(at(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    Iterator<Path> names() throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(reachable());
        listing = stream;
        return stream.iterator();
    }

    @Override
    Path reachable() throws IOException {
        attributes();
        return path();
    }

    @Override
    boolean isHere(Path path) throws IOException {
        attributes();
        return true;
    }

    private Path at(Path name) throws IOException {
        return reachable().resolve(name);
    }

    @Override
    boolean canLinkLinks() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
        if (listing != null) {
            try {
                listing.close();
            } catch (IOException e) {
                // Nothing was written that could be lost.
                return;
            }
        }
    }
}
