package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.FileType;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a descriptor's number: something open, its rights, and its flags. What a kind of descriptor cannot do,
 * it refuses by the number that POSIX has for it.
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

    /** The rights of what is opened through this. */
    long inheriting() {
        return inheriting;
    }

    /** ENOTCAPABLE if any of these is missing. */
    void need(long wanted) throws Refusal {
        if ((rights & wanted) != wanted) {
            throw Errno.ENOTCAPABLE.refusal();
        }
    }

    /** Rights can be dropped and never come back. */
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

    /** The witx's {@code filetype}. */
    abstract int type();

    /** What is told of streams and sockets, of which nothing is known but their type. */
    FileStat stat() throws Refusal {
        return new FileStat(FileType.OTHER, 0, 0, 0, 0, 0, 0, 0);
    }

    /** One piece of memory, filled as far as there is something; 0 at the end. */
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    /** Whether another piece can be read in the same call. */
    boolean hasMore() throws Refusal {
        return true;
    }

    /** One piece of memory; how many bytes of it were taken. */
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    int readAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    int writeAt(long position, GuestMemory memory, int pointer, int length) throws Refusal {
        throw Errno.ESPIPE.refusal();
    }

    /** What a seek counts from. */
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

    /** Whether it can be read from or written to without waiting, at once or before the time is over. */
    boolean await(boolean toWrite, long nanos) throws Refusal, InterruptedException {
        throw Errno.EBADF.refusal();
    }

    /** How many bytes there are to read, or less; 0 where it is not known. */
    long available() throws Refusal {
        return 0;
    }

    abstract void close();
}
