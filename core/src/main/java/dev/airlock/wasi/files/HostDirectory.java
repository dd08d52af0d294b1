package dev.airlock.wasi.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory of the host. Every name passed to it is one plain name, checked by {@link HostNames}. Links are
 * never followed.
 */
abstract sealed class HostDirectory implements AutoCloseable, Folder.Placed
        permits SecureHostDirectory, NamedHostDirectory {
    /** The attributes of {@link FileStat} that {@link BasicFileAttributes} do not have. */
    record Extras(long links, FileTime changed) {}

    private static final int TRIES = 8;

    private final boolean unix;
    private Path path;

    HostDirectory(Path path) {
        this.path = path;
        unix = tellsLinks(path.getFileSystem());
    }

    static HostDirectory open(Path host) throws IOException {
        Path real = host.toRealPath();
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(host.toString());
        }
        DirectoryStream<Path> stream = Files.newDirectoryStream(real);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SecureHostDirectory(real, secure);
        }
        stream.close();
        return new NamedHostDirectory(real);
    }

    abstract BasicFileAttributes attributes() throws IOException;

    abstract BasicFileAttributes attributes(Path name) throws IOException;

    abstract HostDirectory openDirectory(Path name) throws IOException;

    /** Opens the same directory again; the result is closed separately. */
    abstract HostDirectory again() throws IOException;

    abstract SeekableByteChannel openFile(Path name, Set<? extends OpenOption> options) throws IOException;

    abstract void deleteFile(Path name) throws IOException;

    abstract void deleteDirectory(Path name) throws IOException;

    /** Moves a name, and replaces the target. */
    abstract void move(Path name, HostDirectory to, Path toName) throws IOException;

    static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UnsupportedOperationException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Returns the view of this directory itself. */
    abstract BasicFileAttributeView view() throws IOException;

    abstract BasicFileAttributeView view(Path name, boolean link) throws IOException;

    /**
     * Returns the names in the directory, once. {@link #attributes(Path)} takes the last names of these paths as they
     * are.
     */
    abstract Iterator<Path> names() throws IOException;

    /**
     * Returns a path by which the host reaches this directory now, for operations that Java has by path only.
     *
     * @throws IOException if there is no such path
     */
    abstract Path reachable() throws IOException;

    /** Returns whether a hard link to a link itself can be created. */
    abstract boolean canLinkLinks();

    @Override
    public abstract void close();

    /** Returns whether the path leads to this directory now. */
    abstract boolean isHere(Path path) throws IOException;

    final void createDirectory(Path name) throws IOException {
        Path here = reachable();
        Files.createDirectory(here.resolve(name));
        confirm(here, name);
    }

    final void createSymbolicLink(Path name, Path target) throws IOException {
        Path here = reachable();
        Files.createSymbolicLink(here.resolve(name), target);
        confirm(here, name);
    }

    final void createLink(Path name, HostDirectory from, Path existing) throws IOException {
        Path here = reachable();
        Files.createLink(here.resolve(name), from.reachable().resolve(existing));
        confirm(here, name);
    }

    final Path readLink(Path name) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path here = reachable();
            // If the path goes through a descriptor, it may have been another guest's, which has closed it.
            try {
                Path target = Files.readSymbolicLink(here.resolve(name));
                if (isHere(here)) {
                    return target;
                }
            } catch (FileSystemException e) {
                if (isHere(here)) {
                    throw e;
                }
            }
        }
        throw new NoSuchFileException(name.toString());
    }

    /**
     * Returns the extras of a name in the directory; null if the host reports none, or reports those of another file
     * than the attributes are of.
     */
    final @Nullable Extras extras(Path name, BasicFileAttributes of) {
        if (!unix) {
            return null;
        }
        Extras extras = extrasAt(path.resolve(name), of, LinkOption.NOFOLLOW_LINKS);
        if (extras != null) {
            return extras;
        }
        Path reachable = reachableOrNull();
        return reachable == null ? null : extrasAt(reachable.resolve(name), of, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the extras of this directory itself. */
    final @Nullable Extras extras(BasicFileAttributes of) {
        if (!unix) {
            return null;
        }
        Extras extras = extrasAt(path, of, LinkOption.NOFOLLOW_LINKS);
        if (extras != null) {
            return extras;
        }
        Path reachable = reachableOrNull();
        return reachable == null ? null : extrasAt(reachable, of);
    }

    /** Returns the extras of the path's target, but only if it has the key of the given attributes. */
    static @Nullable Extras extrasAt(Path path, BasicFileAttributes of, LinkOption... options) {
        try {
            Map<String, Object> map = Files.readAttributes(path, "unix:fileKey,nlink,ctime", options);
            return Objects.equals(map.get("fileKey"), of.fileKey())
                            && map.get("nlink") instanceof Integer links
                            && map.get("ctime") instanceof FileTime changed
                    ? new Extras(links, changed)
                    : null;
        } catch (IOException e) {
            // The path no longer leads there, so it reports nothing.
            return null;
        }
    }

    private @Nullable Path reachableOrNull() {
        try {
            return reachable();
        } catch (IOException e) {
            // Another process has deleted or moved it.
            return null;
        }
    }

    static boolean tellsLinks(FileSystem fileSystem) {
        return fileSystem.supportedFileAttributeViews().contains("unix");
    }

    final FileSystem fileSystem() {
        return path.getFileSystem();
    }

    /**
     * Returns the path at the time of opening, updated by the renames of guests. Other processes may have made it
     * wrong.
     */
    final Path path() {
        return path;
    }

    @Override
    public final void moved(Path from, Path to) {
        if (path.startsWith(from)) {
            path = from.equals(path) ? to : to.resolve(from.relativize(path));
        }
    }

    /**
     * Checks, after an operation by path, that it happened in this directory and not in one that another process put in
     * its place.
     */
    private void confirm(Path here, Path name) throws IOException {
        attributes(name);
        if (!isHere(here)) {
            throw new NoSuchFileException(name.toString());
        }
    }
}
