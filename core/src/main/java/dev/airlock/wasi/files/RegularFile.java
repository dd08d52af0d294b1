package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open file. It has no position; descriptors have one.
 *
 * <p>If the thread is interrupted while it reads or writes, Java closes the file. The first failure is then {@link
 * FileException.Kind#INTERRUPTED}, and each later one {@code IO}.
 */
public final class RegularFile implements OpenNode {
    /** Java copies what it writes through a buffer that it keeps, so large writes go in pieces of this size. */
    private static final int PIECE = 256 * 1024;

    private final Folder folder;
    private final SeekableByteChannel channel;
    private final OpenFiles.Shared shared;
    private final BasicFileAttributes opened;
    private final Folder.Placed placed = this::moved;
    private Path path;
    private final String about;
    private final boolean readable;
    private final boolean writable;
    private @Nullable Path descriptor;
    private boolean closed;

    /** Takes ownership of the channel. */
    RegularFile(
            Folder folder, SeekableByteChannel channel, BasicFileAttributes opened, ResolvedPath spot, OpenMode mode) {
        this.folder = folder;
        this.channel = channel;
        this.opened = opened;
        path = spot.path();
        about = spot.about();
        readable = mode.read();
        writable = mode.write();
        shared = OpenFiles.enter(folder.identity(opened, path));
        folder.opened(placed);
    }

    public boolean readable() {
        return readable;
    }

    public boolean writable() {
        return writable;
    }

    /** Reads bytes. Returns how many were read: 0 at the end, otherwise at least one if any was asked for. */
    public int read(long position, byte[] into, int offset, int length) throws FileException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (!readable || position < 0) {
            throw failure(readable ? Kind.INVALID : Kind.NOT_PERMITTED);
        }
        int done = 0;
        try {
            while (done < length) {
                int piece = Math.min(PIECE, length - done);
                int read = readAt(position + done, ByteBuffer.wrap(into, offset + done, piece));
                if (read <= 0) {
                    break;
                }
                done += read;
            }
        } catch (IOException e) {
            if (done == 0 || Thread.currentThread().isInterrupted()) {
                throw FileFailures.of(e, about);
            }
            // The bytes read so far are reported first; the failure comes again.
        }
        return done;
    }

    /**
     * Writes bytes, and returns how many were written. A gap before {@code position} is filled with zeros.
     *
     * @throws FileException {@code QUOTA}, with nothing written, if the bounds do not allow all of it
     */
    public int write(long position, byte[] from, int offset, int length) throws FileException {
        Objects.checkFromIndexSize(offset, length, from.length);
        checkChange(position, length);
        if (length == 0) {
            return 0;
        }
        if (!folder.ledger.limitsBytes()) {
            return writePieces(position, from, offset, length);
        }
        synchronized (shared) {
            return charged(position + length, () -> writePieces(position, from, offset, length));
        }
    }

    /**
     * Writes all bytes at the end. No guest of this JVM writes in between.
     *
     * @return the position after them
     */
    public long append(byte[] from, int offset, int length) throws FileException {
        Objects.checkFromIndexSize(offset, length, from.length);
        synchronized (shared) {
            long end = size();
            checkChange(end, length);
            if (length == 0) {
                return end;
            }
            charged(end + length, () -> {
                int done = 0;
                while (done < length) {
                    done += writePieces(end + done, from, offset + done, length - done);
                }
                return done;
            });
            return end + length;
        }
    }

    public long size() throws FileException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw FileFailures.of(e, about);
        }
    }

    /** Shortens the file, or extends it with zeros. */
    public void setSize(long size) throws FileException {
        checkChange(size, 0);
        synchronized (shared) {
            resize(size);
        }
    }

    /** Makes the file at least {@code offset + length} long. Java cannot reserve the disk's space. */
    public void allocate(long offset, long length) throws FileException {
        if (length <= 0) {
            throw failure(Kind.INVALID);
        }
        checkChange(offset, length);
        synchronized (shared) {
            if (offset + length > size()) {
                resize(offset + length);
            }
        }
    }

    /** Empties the file while it is opened, whether or not it is opened for writing. */
    void truncate() throws FileException {
        synchronized (shared) {
            resize(0);
        }
    }

    private void resize(long size) throws FileException {
        long before = size();
        if (size <= before) {
            try {
                channel.truncate(size);
            } catch (IOException e) {
                throw FileFailures.of(e, about);
            }
            folder.ledger.giveBackBytes(before - size);
        } else {
            byte[] zero = {0};
            charged(size, () -> writePieces(size - 1, zero, 0, 1));
        }
    }

    private interface Growth {
        int run() throws FileException;
    }

    /** Charges a growth before it happens, and gives back what did not happen. */
    private int charged(long end, Growth growth) throws FileException {
        if (!folder.ledger.limitsBytes()) {
            return growth.run();
        }
        long before = size();
        long charge = Math.max(0, end - before);
        folder.ledger.chargeBytes(charge, about);
        boolean done = false;
        try {
            int written = growth.run();
            done = size() >= end;
            return written;
        } finally {
            if (!done && charge > 0) {
                // If the size is no longer known, the file may have grown.
                long after = channel.isOpen() ? size() : end;
                folder.ledger.giveBackBytes(Math.min(charge, Math.max(0, end - Math.max(before, after))));
            }
        }
    }

    private void checkChange(long position, long length) throws FileException {
        if (!writable) {
            throw failure(Kind.NOT_PERMITTED);
        }
        if (position < 0 || length < 0) {
            throw failure(Kind.INVALID);
        }
        if (position > Long.MAX_VALUE - length) {
            throw failure(Kind.FILE_TOO_LARGE);
        }
    }

    private int writePieces(long position, byte[] from, int offset, int length) throws FileException {
        int done = 0;
        try {
            while (done < length) {
                int piece = Math.min(PIECE, length - done);
                done += writeAt(position + done, ByteBuffer.wrap(from, offset + done, piece));
            }
        } catch (IOException e) {
            if (done == 0 || Thread.currentThread().isInterrupted()) {
                throw FileFailures.of(e, about);
            }
            // The bytes written so far are reported first; the failure comes again.
        } catch (IllegalArgumentException e) {
            // A file system in memory with a limit of its own.
            throw failure(Kind.FILE_TOO_LARGE);
        }
        return done;
    }

    private int readAt(long position, ByteBuffer into) throws IOException {
        if (channel instanceof FileChannel file) {
            return file.read(into, position);
        }
        return channel.position(position).read(into);
    }

    private int writeAt(long position, ByteBuffer from) throws IOException {
        if (channel instanceof FileChannel file) {
            return file.write(from, position);
        }
        return channel.position(position).write(from);
    }

    @Override
    public FileStat stat() throws FileException {
        return NamespaceLock.looking(about, () -> {
            long size = channel.size();
            BasicFileAttributes now = found(path, LinkOption.NOFOLLOW_LINKS);
            HostDirectory.Extras extras = null;
            if (now != null) {
                extras = extras(path, now, LinkOption.NOFOLLOW_LINKS);
            } else {
                Path own = descriptor();
                now = own == null ? null : found(own);
                extras = own == null || now == null ? null : extras(own, now);
            }
            FileStat stat = FileTypes.stat(now != null ? now : opened, extras, path.toString());
            return new FileStat(
                    stat.type(),
                    stat.device(),
                    stat.inode(),
                    stat.links(),
                    size,
                    stat.accessedNanos(),
                    stat.modifiedNanos(),
                    stat.changedNanos());
        });
    }

    @Override
    public void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException {
        folder.checkWritable(about);
        Directory.checkTimes(accessed, modified, about);
        NamespaceLock.changing(about, () -> {
            Path own = descriptor();
            BasicFileAttributeView view = own != null
                    ? Files.getFileAttributeView(own, BasicFileAttributeView.class)
                    : Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            BasicFileAttributes now = own != null ? found(own) : found(path, LinkOption.NOFOLLOW_LINKS);
            if (now == null) {
                // Renamed or deleted, and there is no other way to it.
                throw failure(Kind.NOT_SUPPORTED);
            }
            HostDirectory.Extras extras = own != null ? extras(own, now) : extras(path, now, LinkOption.NOFOLLOW_LINKS);
            folder.checkOwnNames(now, extras, about);
            view.setTimes(modified, accessed, null);
        });
    }

    /** Returns the attributes of this file, if the path leads to it now. */
    private @Nullable BasicFileAttributes found(Path at, LinkOption... options) {
        try {
            BasicFileAttributes now = Files.readAttributes(at, BasicFileAttributes.class, options);
            return FileTypes.of(now) == FileType.REGULAR_FILE && Objects.equals(now.fileKey(), opened.fileKey())
                    ? now
                    : null;
        } catch (IOException e) {
            // Renamed, deleted, or not accessible.
            return null;
        }
    }

    private HostDirectory.@Nullable Extras extras(Path at, BasicFileAttributes now, LinkOption... options) {
        return folder.tellsLinks ? HostDirectory.extrasAt(at, now, options) : null;
    }

    private @Nullable Path descriptor() throws IOException {
        Object key = opened.fileKey();
        if (key == null || !OwnDescriptors.serve(path.getFileSystem()) || !(channel instanceof FileChannel file)) {
            return null;
        }
        if (descriptor == null) {
            descriptor = OwnDescriptors.ofChannel(file, key);
        }
        return descriptor;
    }

    @Override
    public void sync(boolean metadataToo) throws FileException {
        if (channel instanceof FileChannel file) {
            try {
                file.force(metadataToo);
            } catch (IOException e) {
                throw FileFailures.of(e, about);
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        folder.closed(placed);
        try {
            OpenFiles.leave(shared, channel.isOpen() ? channel.size() : 0);
        } catch (IOException e) {
            OpenFiles.leave(shared, 0);
        }
        try {
            channel.close();
        } catch (IOException e) {
            // sync reports whether the contents have reached the disk.
            return;
        }
    }

    private void moved(Path from, Path to) {
        if (path.startsWith(from)) {
            path = from.equals(path) ? to : to.resolve(from.relativize(path));
        }
    }

    private FileException failure(Kind kind) {
        return FileFailures.of(kind, about);
    }
}
