package dev.airlock.wasi.files;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** An open directory: the folder that the host gave, or one inside of it. */
public final class Directory implements OpenNode {
    Directory() {}

    /**
     * Opens a folder for one instance. Links in {@code host} itself are followed: it is the host that names it.
     *
     * @throws IOException if it is no directory, or cannot be read
     */
    public static Directory preopen(Path host, FolderRules rules) throws IOException {
        throw new IOException("not yet");
    }

    public boolean readOnly() {
        return false;
    }

    public OpenNode open(String path, boolean follow, OpenMode mode) throws FileException {
        throw notYet();
    }

    public FileStat stat(String path, boolean follow) throws FileException {
        throw notYet();
    }

    public void setTimes(String path, boolean follow, @Nullable FileTime accessed, @Nullable FileTime modified)
            throws FileException {
        throw notYet();
    }

    public void createDirectory(String path) throws FileException {
        throw notYet();
    }

    public void removeDirectory(String path) throws FileException {
        throw notYet();
    }

    public void unlink(String path) throws FileException {
        throw notYet();
    }

    public void rename(String from, Directory to, String toPath) throws FileException {
        throw notYet();
    }

    public void symlink(String target, String path) throws FileException {
        throw notYet();
    }

    public void link(String from, boolean follow, Directory to, String toPath) throws FileException {
        throw notYet();
    }

    public String readLink(String path) throws FileException {
        throw notYet();
    }

    /** Begins to list what is in this directory; each listing starts from the first name and is to be closed. */
    public Listing list() throws FileException {
        throw notYet();
    }

    @Override
    public FileStat stat() throws FileException {
        throw notYet();
    }

    @Override
    public void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException {
        throw notYet();
    }

    @Override
    public void sync(boolean metadataToo) throws FileException {
        throw notYet();
    }

    @Override
    public void close() {}

    private static FileException notYet() {
        return new FileException(FileException.Kind.NOT_SUPPORTED, "not yet");
    }
}
