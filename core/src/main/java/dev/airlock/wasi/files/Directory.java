package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * An open directory: a folder that the host gave, or a directory inside it.
 *
 * <p>All paths are relative to the directory, with {@code /} between names. A path never leads above it. {@code ..} is
 * resolved by the names that were passed, and links are read and followed here, at most 40 of them. A path that leads
 * out, by {@code ..}, as an absolute path or by an absolute link, is refused as {@link FileException.Kind#OUTSIDE}.
 * Pipes, devices and sockets are listed but never opened.
 *
 * <p>This holds against guests, any number of which may share the folder in this JVM. Against other processes that
 * rename and replace files in the folder meanwhile, it depends on the system:
 *
 * <ul>
 * <li>On Linux it holds.
 * <li>On other systems with {@link java.nio.file.SecureDirectoryStream}, such a process can redirect the creation of
 * directories and links and the reading of links, in the moment between a check and the operation.
 * <li>On systems without (Windows, most third-party file systems), it can redirect any operation.
 * <li>On all systems, a process that replaces a file by a pipe in that moment can make an opening wait.
 * </ul>
 *
 * <p>A file that the host itself linked into the folder (a hard link) can be read. It cannot be written if the host
 * reports how many names a file has: see {@link FileException.Kind#NOT_PERMITTED}.
 */
public final class Directory implements OpenNode {
    final Folder folder;
    final HostDirectory host;
    private boolean closed;

    /** Takes ownership of the host directory: closing this closes it. */
    Directory(Folder folder, HostDirectory host) {
        this.folder = folder;
        this.host = host;
        folder.opened(host);
    }

    /**
     * Opens a folder for one instance. Follows links in {@code host} itself, since the host chose it.
     *
     * @throws IOException if it is not a directory, or cannot be read
     */
    public static Directory preopen(Path host, FolderBounds rules) throws IOException {
        return new Directory(new Folder(rules, host.getFileSystem()), HostDirectory.open(host));
    }

    public boolean readOnly() {
        return folder.rules.readOnly();
    }

    /**
     * Opens or creates a file, or opens a directory.
     *
     * @param follow whether the last name may be a link; otherwise a link is {@code LOOP}
     */
    public OpenNode open(String path, boolean follow, OpenMode mode) throws FileException {
        return Opening.open(this, path, follow, mode);
    }

    /**
     * Returns the attributes of a file.
     *
     * @param follow whether a link at the end is followed; otherwise the attributes are those of the link
     */
    public FileStat stat(String path, boolean follow) throws FileException {
        return NamespaceLock.looking(HostNames.shown(path), () -> {
            try (ResolvedPath spot = to(path, follow ? PathResolver.Last.FOLLOWED : PathResolver.Last.LOOKED_AT)) {
                BasicFileAttributes attributes = spot.existing();
                return FileTypes.stat(attributes, spot.extras(), spot.path().toString());
            }
        });
    }

    /** Sets the times of a file. Null leaves a time unchanged. */
    public void setTimes(String path, boolean follow, @Nullable FileTime accessed, @Nullable FileTime modified)
            throws FileException {
        String about = HostNames.shown(path);
        folder.checkWritable(about);
        checkTimes(accessed, modified, about);
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath spot = to(path, follow ? PathResolver.Last.FOLLOWED : PathResolver.Last.LOOKED_AT)) {
                BasicFileAttributes attributes = spot.existing();
                FileType type = FileTypes.of(attributes);
                if (type == FileType.OTHER) {
                    // The host would open it for that.
                    throw spot.failure(Kind.NOT_SUPPORTED);
                }
                if (type != FileType.DIRECTORY) {
                    folder.checkOwnNames(attributes, spot.extras(), about);
                }
                BasicFileAttributeView view = spot.name() == null
                        ? spot.directory().view()
                        : spot.directory().view(spot.name(), type == FileType.SYMBOLIC_LINK);
                view.setTimes(modified, accessed, null);
            }
        });
    }

    public void createDirectory(String path) throws FileException {
        NameChanges.createDirectory(this, path);
    }

    public void removeDirectory(String path) throws FileException {
        NameChanges.removeDirectory(this, path);
    }

    /** Removes a name that does not name a directory. */
    public void unlink(String path) throws FileException {
        NameChanges.unlink(this, path);
    }

    /**
     * Renames a file or directory. Replaces the target if it is a file and the source is one too, or if both are
     * directories and the target is empty.
     */
    public void rename(String from, Directory to, String toPath) throws FileException {
        NameChanges.rename(this, from, to, toPath);
    }

    /**
     * Creates a link with the text {@code target}, which need not lead anywhere. Java drops slashes without meaning,
     * and one at the end.
     */
    public void symlink(String target, String path) throws FileException {
        NameChanges.symlink(this, target, path);
    }

    /**
     * Gives a file another name. With a quota in bytes, this works only if the host reports how many names the file
     * has.
     */
    public void link(String from, boolean follow, Directory to, String toPath) throws FileException {
        NameChanges.link(this, from, follow, to, toPath);
    }

    public String readLink(String path) throws FileException {
        String about = HostNames.shown(path);
        // Exclusive, so that no other thread closes the descriptor that the host's path goes through.
        return NamespaceLock.alone(about, () -> {
            try (ResolvedPath spot = to(path, PathResolver.Last.LOOKED_AT)) {
                BasicFileAttributes attributes = spot.existing();
                Path name = spot.named(Kind.INVALID);
                if (!attributes.isSymbolicLink()) {
                    throw spot.failure(Kind.INVALID);
                }
                return folder.names.linkText(spot.directory().readLink(name), about);
            }
        });
    }

    /** Starts a listing of this directory, from the first name on. The caller closes it. */
    public Listing list() throws FileException {
        return NamespaceLock.looking(".", () -> {
            checkOpen(".");
            HostDirectory again = host.again();
            try {
                return new Listing(folder, again);
            } catch (IOException | RuntimeException e) {
                again.close();
                throw e;
            }
        });
    }

    @Override
    public FileStat stat() throws FileException {
        return stat(".", true);
    }

    @Override
    public void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException {
        setTimes(".", true, accessed, modified);
    }

    @Override
    public void sync(boolean metadataToo) {
        // Java has no way to sync a directory.
    }

    @Override
    public void close() {
        NamespaceLock.closing(() -> {
            if (!closed) {
                closed = true;
                folder.closed(host);
                host.close();
            }
        });
    }

    /** Resolves a path. The caller holds the {@link NamespaceLock}. */
    ResolvedPath to(String path, PathResolver.Last last) throws IOException, FileException {
        checkOpen(HostNames.shown(path));
        return PathResolver.to(path, last, folder.names, host);
    }

    private void checkOpen(String about) throws FileException {
        if (closed) {
            throw FileFailures.of(Kind.INVALID, about);
        }
    }

    static void checkTimes(@Nullable FileTime accessed, @Nullable FileTime modified, String about)
            throws FileException {
        // Java would set January 1, 1970 instead.
        if (accessed != null && accessed.toMillis() < 0 || modified != null && modified.toMillis() < 0) {
            throw FileFailures.of(Kind.INVALID, about);
        }
    }
}
