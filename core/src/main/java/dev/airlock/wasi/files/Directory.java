package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * An open directory: the folder that the host gave, or one inside of it.
 *
 * <p>All paths are relative to it, with {@code /} between names. A path never leads above this directory: {@code ..} is
 * resolved by the names gone through, links are read and followed here (at most 40), and what leads out by {@code ..}, by
 * an absolute path or by an absolute link is refused as {@link FileException.Kind#OUTSIDE}. Pipes, devices and sockets are
 * seen but never opened.
 *
 * <p>Against whom this holds: against any guests, however many share the folder, in this JVM. Against other processes that
 * rename and replace things in the folder meanwhile it holds in Linux. In other systems with
 * {@link java.nio.file.SecureDirectoryStream}, such a process can redirect the making of directories and links and the
 * reading of links, in the moment between a look and the act; in those without (Windows, most file systems of others'
 * making), any act. And a process that replaces a file by a pipe in that moment can make an opening wait anywhere.
 *
 * <p>A file that the host itself linked into the folder (a hard link) can be read, being in it, but not be written, where
 * the host tells how many names a file has: see {@link FileException.Kind#NOT_PERMITTED}.
 */
public final class Directory implements OpenNode {
    final Folder folder;
    final HostDirectory host;
    private boolean closed;

    /** Takes the host's directory over. */
    Directory(Folder folder, HostDirectory host) {
        this.folder = folder;
        this.host = host;
        folder.opened(host);
    }

    /**
     * Opens a folder for one instance. Links in {@code host} itself are followed: it is the host that names it.
     *
     * @throws IOException if it is no directory, or cannot be read
     */
    public static Directory preopen(Path host, FolderBounds rules) throws IOException {
        return new Directory(new Folder(rules, host.getFileSystem()), HostDirectory.open(host));
    }

    public boolean readOnly() {
        return folder.rules.readOnly();
    }

    /**
     * Opens or makes a file, or opens a directory.
     *
     * @param follow whether the last name may be a link; {@code LOOP} if it is one and may not
     */
    public OpenNode open(String path, boolean follow, OpenMode mode) throws FileException {
        return Opening.open(this, path, follow, mode);
    }

    /** @param follow whether a link at the end is followed, or told of itself */
    public FileStat stat(String path, boolean follow) throws FileException {
        return NamespaceLock.looking(HostNames.shown(path), () -> {
            try (ResolvedPath spot = to(path, follow ? PathResolver.Last.FOLLOWED : PathResolver.Last.LOOKED_AT)) {
                BasicFileAttributes attributes = spot.existing();
                return FileTypes.stat(attributes, spot.extras(), spot.path().toString());
            }
        });
    }

    /** Null leaves a time as it is. */
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
        Names.createDirectory(this, path);
    }

    public void removeDirectory(String path) throws FileException {
        Names.removeDirectory(this, path);
    }

    /** Removes a name that is not a directory's. */
    public void unlink(String path) throws FileException {
        Names.unlink(this, path);
    }

    /** Replaces what {@code toPath} names, if it is of the same kind, and an empty directory if it is one. */
    public void rename(String from, Directory to, String toPath) throws FileException {
        Names.rename(this, from, to, toPath);
    }

    /**
     * Makes a link that holds {@code target}, which may lead to nothing. Java drops slashes that have no meaning, and one
     * at the end.
     */
    public void symlink(String target, String path) throws FileException {
        Names.symlink(this, target, path);
    }

    /** Gives a file one more name. With a quota in bytes, only where the host tells how many it has. */
    public void link(String from, boolean follow, Directory to, String toPath) throws FileException {
        Names.link(this, from, follow, to, toPath);
    }

    public String readLink(String path) throws FileException {
        String about = HostNames.shown(path);
        // Alone, so that nobody closes what the host's path goes by.
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

    /** Begins to list what is in this directory; each listing starts from the first name and is to be closed. */
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
        // Java has no way to say it of a directory.
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

    /** To be called in a turn. */
    ResolvedPath to(String path, PathResolver.Last last) throws IOException, FileException {
        checkOpen(HostNames.shown(path));
        return PathResolver.to(path, last, folder.names, host);
    }

    private void checkOpen(String about) throws FileException {
        if (closed) {
            throw Failures.of(Kind.INVALID, about);
        }
    }

    static void checkTimes(@Nullable FileTime accessed, @Nullable FileTime modified, String about)
            throws FileException {
        // Java would set the first of 1970 instead.
        if (accessed != null && accessed.toMillis() < 0 || modified != null && modified.toMillis() < 0) {
            throw Failures.of(Kind.INVALID, about);
        }
    }
}
