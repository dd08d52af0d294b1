package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.FileType;
import dev.airlock.wasi.files.Listing;
import dev.airlock.wasi.preview1.Descriptor.Whence;
import dev.airlock.wasi.preview1.GuestMemory.Pieces;
import java.nio.charset.StandardCharsets;

/** The functions on descriptors: {@code fd_*}. */
final class FdFunctions {
    private static final int DIRENT = 24;
    private static final int LAST_ADVICE = 5;
    private static final Whence[] WHENCE = {Whence.SET, Whence.CUR, Whence.END};
    private static final Whence[] UNSTABLE_WHENCE = {Whence.CUR, Whence.END, Whence.SET};

    private final DescriptorTable descriptors;
    private final GuestMemory memory;
    private final FileTimes times;

    FdFunctions(DescriptorTable descriptors, GuestMemory memory, FileTimes times) {
        this.descriptors = descriptors;
        this.memory = memory;
        this.times = times;
    }

    private Descriptor get(int fd, long rights) throws Refusal {
        Descriptor found = descriptors.get(fd);
        found.need(rights);
        return found;
    }

    /** Throws EBADF, as POSIX does, if the descriptor cannot be read from, or no longer can. */
    private Descriptor readable(int fd) throws Refusal {
        return withRight(fd, Rights.FD_READ);
    }

    private Descriptor writable(int fd) throws Refusal {
        return withRight(fd, Rights.FD_WRITE);
    }

    private Descriptor withRight(int fd, long right) throws Refusal {
        Descriptor found = descriptors.get(fd);
        if ((found.rights() & right) == 0) {
            throw Errno.EBADF.refusal();
        }
        return found;
    }

    void advise(int fd, long offset, long length, int advice) throws Refusal {
        Descriptor file = descriptors.get(fd);
        if (Integer.compareUnsigned(advice, LAST_ADVICE) > 0 || offset < 0 || length < 0 || offset + length < 0) {
            throw Errno.EINVAL.refusal();
        }
        file.advise();
        file.need(Rights.FD_ADVISE);
    }

    void allocate(int fd, long offset, long length) throws Refusal {
        Descriptor file = descriptors.get(fd);
        if (offset < 0 || length <= 0) {
            throw Errno.EINVAL.refusal();
        }
        if (offset + length < 0) {
            throw Errno.EFBIG.refusal();
        }
        if (file instanceof FileDescriptor) {
            file.need(Rights.FD_ALLOCATE);
        }
        file.allocate(offset, length);
    }

    void close(int fd) throws Refusal {
        descriptors.close(fd);
    }

    void datasync(int fd) throws Refusal {
        sync(fd, Rights.FD_DATASYNC, false);
    }

    void sync(int fd) throws Refusal {
        sync(fd, Rights.FD_SYNC, true);
    }

    private void sync(int fd, long right, boolean metadataToo) throws Refusal {
        Descriptor file = descriptors.get(fd);
        if (file instanceof FileDescriptor || file instanceof DirectoryDescriptor) {
            file.need(right);
        }
        file.sync(metadataToo);
    }

    void fdstatGet(int fd, int stat) throws Refusal {
        memory.check(stat, 24);
        Descriptor found = descriptors.get(fd);
        memory.clear(stat, 24);
        memory.putByte(stat, found.type());
        memory.putShort(stat + 2, found.flags());
        memory.putLong(stat + 8, found.rights());
        memory.putLong(stat + 16, found.inheriting());
    }

    /**
     * Sets the flags. Those of synchronized writing can be kept but not added, as on Linux: they are fixed when a file
     * is opened.
     */
    void fdstatSetFlags(int fd, int flags) throws Refusal {
        Descriptor found = get(fd, Rights.FD_FDSTAT_SET_FLAGS);
        Flags.known(flags, Flags.FDFLAGS);
        int fixed = Flags.DSYNC | Flags.RSYNC | Flags.SYNC;
        if ((flags & fixed & ~found.flags()) != 0) {
            throw Errno.EINVAL.refusal();
        }
        found.setFlags((found.flags() & fixed) | (flags & ~fixed));
    }

    void fdstatSetRights(int fd, long rights, long inheriting) throws Refusal {
        descriptors.get(fd).dropTo(rights, inheriting);
    }

    void filestatGet(int fd, int stat, boolean unstable) throws Refusal {
        memory.check(stat, unstable ? 56 : 64);
        Descriptor found = get(fd, Rights.FD_FILESTAT_GET);
        putStat(stat, found.stat(), found.type(), unstable);
    }

    void putStat(int pointer, FileStat stat, int type, boolean unstable) {
        memory.clear(pointer, unstable ? 56 : 64);
        memory.putLong(pointer, stat.device());
        memory.putLong(pointer + 8, stat.inode());
        memory.putByte(pointer + 16, type);
        int sizes = pointer + 32;
        if (unstable) {
            memory.putInt(pointer + 20, (int) Math.min(stat.links(), 0xFFFF_FFFFL));
            sizes = pointer + 24;
        } else {
            memory.putLong(pointer + 24, stat.links());
        }
        memory.putLong(sizes, stat.size());
        memory.putLong(sizes + 8, stat.accessedNanos());
        memory.putLong(sizes + 16, stat.modifiedNanos());
        memory.putLong(sizes + 24, stat.changedNanos());
    }

    static int typeOf(FileType type) {
        return switch (type) {
            case DIRECTORY -> Flags.OF_DIRECTORY;
            case REGULAR_FILE -> Flags.REGULAR_FILE;
            case SYMBOLIC_LINK -> Flags.SYMBOLIC_LINK;
            case OTHER -> Flags.UNKNOWN;
        };
    }

    void filestatSetSize(int fd, long size) throws Refusal {
        Descriptor file = descriptors.get(fd);
        if (size < 0) {
            throw Errno.EFBIG.refusal();
        }
        if (file instanceof FileDescriptor) {
            file.need(Rights.FD_FILESTAT_SET_SIZE);
        }
        file.setSize(size);
    }

    void filestatSetTimes(int fd, long accessed, long modified, int flags) throws Refusal {
        Descriptor file = descriptors.get(fd);
        times.checkFlags(flags);
        if (file instanceof FileDescriptor || file instanceof DirectoryDescriptor) {
            file.need(Rights.FD_FILESTAT_SET_TIMES);
        }
        file.setTimes(times.accessed(accessed, flags), times.modified(modified, flags));
    }

    private interface Transfer {
        int move(int pointer, int length, long before) throws Refusal;
    }

    /**
     * Moves piece after piece until one is incomplete. What was moved before a failure counts; the next call meets the
     * failure.
     */
    private int move(Pieces pieces, Descriptor descriptor, boolean reading, Transfer transfer) throws Refusal {
        int done = 0;
        for (int i = 0; i < pieces.count(); i++) {
            int length = pieces.length(i);
            if (length == 0) {
                continue;
            }
            if (reading && done > 0 && !descriptor.hasMore()) {
                break;
            }
            int count;
            try {
                count = transfer.move(pieces.pointer(i), length, done);
            } catch (Refusal e) {
                if (done == 0) {
                    throw e;
                }
                break;
            }
            done += count;
            if (count < length) {
                break;
            }
        }
        memory.moved(done, reading);
        return done;
    }

    int read(Pieces pieces, Descriptor from) throws Refusal {
        return move(pieces, from, true, (pointer, length, before) -> from.read(memory, pointer, length));
    }

    int write(Pieces pieces, Descriptor to) throws Refusal {
        return move(pieces, to, false, (pointer, length, before) -> to.write(memory, pointer, length));
    }

    void read(int fd, int iovs, int count, int size) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        memory.putInt(size, read(pieces, readable(fd)));
    }

    void write(int fd, int iovs, int count, int size) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        memory.putInt(size, write(pieces, writable(fd)));
    }

    void pread(int fd, int iovs, int count, long offset, int size) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        Descriptor from = positioned(readable(fd), offset);
        memory.putInt(
                size,
                move(
                        pieces,
                        from,
                        true,
                        (pointer, length, before) -> from.readAt(offset + before, memory, pointer, length)));
    }

    void pwrite(int fd, int iovs, int count, long offset, int size) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        Descriptor to = positioned(writable(fd), offset);
        memory.putInt(
                size,
                move(
                        pieces,
                        to,
                        false,
                        (pointer, length, before) -> to.writeAt(offset + before, memory, pointer, length)));
    }

    /** Throws ESPIPE if the descriptor has no positions, even if nothing is to be read. */
    private static Descriptor positioned(Descriptor descriptor, long offset) throws Refusal {
        if (!(descriptor instanceof FileDescriptor)) {
            throw Errno.ESPIPE.refusal();
        }
        if (offset < 0 || offset + Integer.MAX_VALUE < 0) {
            throw Errno.EINVAL.refusal();
        }
        return descriptor;
    }

    private String preopen(int fd, Errno otherwise) throws Refusal {
        String name = descriptors.get(fd) instanceof DirectoryDescriptor directory ? directory.preopenedAs() : null;
        if (name == null) {
            throw otherwise.refusal();
        }
        return name;
    }

    void prestatGet(int fd, int prestat) throws Refusal {
        memory.check(prestat, 8);
        byte[] name = preopen(fd, Errno.EBADF).getBytes(StandardCharsets.UTF_8);
        memory.clear(prestat, 8);
        memory.putInt(prestat + 4, name.length);
    }

    void prestatDirName(int fd, int buffer, int length) throws Refusal {
        memory.checkBuffer(buffer, length);
        byte[] name = preopen(fd, Errno.ENOTDIR).getBytes(StandardCharsets.UTF_8);
        if (Integer.compareUnsigned(length, name.length) < 0) {
            throw Errno.ENAMETOOLONG.refusal();
        }
        memory.put(buffer, name, name.length);
    }

    /** Writes as many entries as fit, the last one cut off, so that a buffer that is not full means the end. */
    void readdir(int fd, int buffer, int length, long cookie, int size) throws Refusal {
        memory.checkBuffer(buffer, length);
        memory.check(size, 4);
        DirectoryDescriptor directory = descriptors.directory(fd, Errno.EBADF);
        directory.need(Rights.FD_READDIR);
        int done = 0;
        for (long number = cookie; done < length; number++) {
            Listing.Entry entry = directory.entry(number);
            if (entry == null) {
                break;
            }
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            byte[] head = dirent(number + 1, entry, name.length);
            done += putCut(buffer + done, head, length - done);
            done += putCut(buffer + done, name, length - done);
        }
        memory.putInt(size, done);
    }

    private int putCut(int pointer, byte[] bytes, int room) {
        int count = Math.min(bytes.length, room);
        memory.put(pointer, bytes, count);
        return count;
    }

    private static byte[] dirent(long next, Listing.Entry entry, int nameLength) {
        return java.nio.ByteBuffer.allocate(DIRENT)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(next)
                .putLong(entry.inode())
                .putInt(nameLength)
                .put((byte) typeOf(entry.type()))
                .array();
    }

    void renumber(int from, int to) throws Refusal {
        descriptors.renumber(from, to);
    }

    void seek(int fd, long offset, int whence, int position, boolean unstable) throws Refusal {
        memory.check(position, 8);
        Descriptor file = descriptors.get(fd);
        if (Integer.compareUnsigned(whence, WHENCE.length) >= 0) {
            throw Errno.EINVAL.refusal();
        }
        Whence from = (unstable ? UNSTABLE_WHENCE : WHENCE)[whence];
        boolean only = from == Whence.CUR && offset == 0;
        if (file instanceof FileDescriptor && (!only || (file.rights() & Rights.FD_TELL) == 0)) {
            file.need(Rights.FD_SEEK);
        }
        memory.putLong(position, file.seek(offset, from));
    }

    void tell(int fd, int position) throws Refusal {
        memory.check(position, 8);
        Descriptor file = descriptors.get(fd);
        if (file instanceof FileDescriptor && (file.rights() & Rights.FD_SEEK) == 0) {
            file.need(Rights.FD_TELL);
        }
        memory.putLong(position, file.seek(0, Whence.CUR));
    }
}
