package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.FileType;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The target of a descriptor's number: something open, its rights, and its flags. Each kind of descriptor refuses what
 * it cannot do with the error number that POSIX has for it.
 */
abstract sealed class Descriptor
        permits InputDescriptor,
                OutputDescriptor,
                FileDescriptor,
                DirectoryDescriptor,
                ListenerDescriptor,
                ConnectionDescriptor {
    private long rights;
    private long inheriting;
    private int flags;

    Descriptor(long rights, long inheriting, int flags) {
        this.rights = rights;
        this.inheriting = inheriting;
        this.flags = flags;
    }

    long rights() {
        return rights;
    }

    /** Returns the rights of descriptors that are opened through this one. */
    long inheriting() {
        return inheriting;
    }

    /** Throws ENOTCAPABLE if any of these rights is missing. */
    void need(long wanted) throws Refusal {
        if ((rights & wanted) != wanted) {
            throw Errno.ENOTCAPABLE.refusal();
        }
    }

    /** Drops rights, which never come back. */
    void dropTo(long newRights, long newInheriting) throws Refusal {
        if ((newRights & ~rights) != 0 || (newInheriting & ~inheriting) != 0) {
            throw Errno.ENOTCAPABLE.refusal();
        }
        rights = newRights;
        inheriting = newInheriting;
    }

    int flags() {
        return flags;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void setFlags(int newFlags) {
        flags = newFlags;
    }

    /** Returns the {@code filetype} of the witx. */
    abstract int type();

    /** Returns the attributes. Of streams and sockets only the type is known. */
    FileStat stat() throws Refusal {
        return new FileStat(FileType.OTHER, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Reads into one piece of memory as many bytes as there are; returns 0 at the end. */
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    /** Returns whether another piece can be read in the same call. */
    boolean hasMore() throws Refusal {
        return true;
    }

    /** Writes from one piece of memory; returns how many bytes were taken. */
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    int readAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    int writeAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    /** The start of a seek's offset. */
    enum Whence {
        SET,
        CUR,
        END
    }

    long seek(long offset, Whence whence) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    void advise() throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    void allocate(long offset, long length) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    void setSize(long size) throws Refusal {
        throw Errno.EINVAL.refusal();
    }

    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws Refusal {
        throw Errno.EINVAL.refusal();
    }

    void sync(boolean metadataToo) throws Refusal {
        throw Errno.EINVAL.refusal();
    }

    /** Waits until a read or write would not wait, or the time is over; returns whether it would not. */
    boolean await(boolean toWrite, long nanos) throws Refusal, InterruptedException {
        throw Errno.EBADF.refusal();
    }

    /** Returns how many bytes can be read at least; 0 if that is not known. */
    long available() throws Refusal {
        return 0;
    }

    abstract void close();
}
