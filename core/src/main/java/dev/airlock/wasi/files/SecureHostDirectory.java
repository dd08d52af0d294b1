package dev.airlock.wasi.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory that the host holds open: it stays the same one, whatever is renamed or put in its place. */
final class SecureHostDirectory extends HostDirectory {
    private final SecureDirectoryStream<Path> stream;
    private final @Nullable Object key;
    private final boolean described;
    private @Nullable Path descriptor;

    SecureHostDirectory(Path path, SecureDirectoryStream<Path> stream) throws IOException {
        super(path);
        this.stream = stream;
        described = OwnDescriptors.serve(fileSystem());
        try {
            key = attributes().fileKey();
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    @Override
    BasicFileAttributes attributes() throws IOException {
        return own().readAttributes();
    }

    @Override
    BasicFileAttributes attributes(Path name) throws IOException {
        return stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    HostDirectory openDirectory(Path name) throws IOException {
        return new SecureHostDirectory(path().resolve(name), opened(name));
    }

    @Override
    HostDirectory again() throws IOException {
        return new SecureHostDirectory(path(), opened(fileSystem().getPath(".")));
    }

    private SecureDirectoryStream<Path> opened(Path name) throws IOException {
        return stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    SeekableByteChannel openFile(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        return stream.newByteChannel(name, all);
    }

    @Override
    void deleteFile(Path name) throws IOException {
        stream.deleteFile(name);
    }

    @Override
    void deleteDirectory(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    @Override
    void move(Path name, HostDirectory to, Path toName) throws IOException {
        if (fileSystem() != FileSystems.getDefault()) {
            // Other ways differ in whether they replace the target, and Jimfs 1.3.0 moves the target of a link.
            replace(reachable().resolve(name), to.reachable().resolve(toName));
            return;
        }
        stream.move(name, ((SecureHostDirectory) to).stream, toName);
    }

    private BasicFileAttributeView own() {
        return stream.getFileAttributeView(BasicFileAttributeView.class);
    }

    @Override
    BasicFileAttributeView view() throws IOException {
        // By path, JDK 17 sets nanoseconds; by descriptor, microseconds.
        return described ? Files.getFileAttributeView(reachable(), BasicFileAttributeView.class) : own();
    }

    @Override
    BasicFileAttributeView view(Path name, boolean link) throws IOException {
        // The stream's own view opens the file first, which fails for a link.
        return described || link
                ? Files.getFileAttributeView(
                        reachable().resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    Iterator<Path> names() {
        return stream.iterator();
    }

    @Override
    Path reachable() throws IOException {
        if (key == null) {
            return path();
        }
        if (described) {
            Path known = descriptor;
            if (known == null || !OwnDescriptors.isOf(known, key)) {
                known = OwnDescriptors.ofDirectory(key);
                descriptor = known;
            }
            if (known != null) {
                return known;
            }
        }
        if (!isHere(path())) {
            throw new NoSuchFileException(path().toString());
        }
        return path();
    }

    @Override
    boolean isHere(Path path) throws IOException {
        if (key == null) {
            return true;
        }
        return path.equals(descriptor)
                ? OwnDescriptors.isOf(path, key)
                : key.equals(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey());
    }

    @Override
    boolean canLinkLinks() {
        // On systems other than Linux, the link would be followed.
        return described;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written that could be lost.
            return;
        }
    }
}
