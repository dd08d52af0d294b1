package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.Directory;
import dev.airlock.wasi.files.FileException;
import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.FileType;
import dev.airlock.wasi.files.Listing;
import dev.airlock.wasi.io.Interrupts;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** An open directory, and the position in its listing. */
final class DirectoryDescriptor extends Descriptor {
    /** The entries for the directory itself and for the one above it. A guest learns nothing about the latter. */
    private static final int DOTS = 2;

    private final Directory directory;
    private final @Nullable String preopenedAs;
    private @Nullable Listing listing;

    /** The number of the next entry, from 0. The entry before it is kept, since guests ask for it again. */
    private long next;

    private Listing.@Nullable Entry last;

    DirectoryDescriptor(Directory directory, @Nullable String preopenedAs, long rights, long inheriting, int flags) {
        super(rights, inheriting, flags);
        this.directory = directory;
        this.preopenedAs = preopenedAs;
    }

    Directory directory() {
        return directory;
    }

    /** Returns the name that the host gave the directory, or null if the guest opened it. */
    @Nullable
    String preopenedAs() {
        return preopenedAs;
    }

    @Override
    int type() {
        return Flags.OF_DIRECTORY;
    }

    /**
     * Returns an entry of the listing, or null after the last one.
     *
     * @param cookie the number of the entry. Number 0 starts a new listing, which has the names added since and lacks
     *     those deleted. Other numbers continue the current listing, or list again from the start if they lie behind it
     */
    Listing.@Nullable Entry entry(long cookie) throws Refusal {
        if (cookie < 0) {
            return null;
        }
        if (cookie == 0) {
            endListing();
        }
        if (cookie < DOTS) {
            return new Listing.Entry(cookie == 0 ? "." : "..", FileType.DIRECTORY, stat().inode());
        }
        try {
            if (listing != null && last != null && cookie == next - 1) {
                return last;
            }
            if (listing == null || cookie < next) {
                endListing();
                listing = directory.list();
                next = DOTS;
            }
            do {
                // The guest or the host may have created a million files, and each takes a request to the operating
                // system.
                if (Thread.currentThread().isInterrupted()) {
                    throw Interrupts.trap();
                }
                last = listing.next();
                if (last == null) {
                    return null;
                }
                next++;
            } while (next <= cookie);
            return last;
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    private void endListing() {
        if (listing != null) {
            listing.close();
        }
        listing = null;
        last = null;
    }

    @Override
    FileStat stat() throws Refusal {
        try {
            return directory.stat();
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    int readAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    int writeAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    long seek(long offset, Whence whence) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    void advise() throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    void allocate(long offset, long length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    void setSize(long size) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws Refusal {
        try {
            directory.setTimes(accessed, modified);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    void sync(boolean metadataToo) {
        directory.sync(metadataToo);
    }

    @Override
    void close() {
        endListing();
        directory.close();
    }
}
