package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.Directory;
import dev.airlock.wasi.files.FileException;
import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.OpenMode;
import dev.airlock.wasi.files.OpenNode;
import dev.airlock.wasi.files.RegularFile;
import java.nio.charset.StandardCharsets;

/** The functions on paths: {@code path_*}. {@link Preview1Module} turns the exceptions of files into error numbers. */
final class PathFunctions {
    private final DescriptorTable descriptors;
    private final GuestMemory memory;
    private final FileTimes times;
    private final FdFunctions onDescriptors;

    PathFunctions(DescriptorTable descriptors, GuestMemory memory, FileTimes times, FdFunctions onDescriptors) {
        this.descriptors = descriptors;
        this.memory = memory;
        this.times = times;
        this.onDescriptors = onDescriptors;
    }

    private Directory directory(int fd, long rights) throws Refusal {
        DirectoryDescriptor found = descriptors.directory(fd, Errno.ENOTDIR);
        found.need(rights);
        return found.directory();
    }

    private static boolean follow(int flags) throws Refusal {
        return Flags.known(flags, Flags.LOOKUPFLAGS) == Flags.SYMLINK_FOLLOW;
    }

    void createDirectory(int fd, int path, int length) throws Refusal, FileException {
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_CREATE_DIRECTORY);
        directory.createDirectory(name);
    }

    void filestatGet(int fd, int flags, int path, int length, int stat, boolean unstable)
            throws Refusal, FileException {
        memory.check(stat, unstable ? 56 : 64);
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_FILESTAT_GET);
        FileStat found = directory.stat(name, follow(flags));
        onDescriptors.putStat(stat, found, FdFunctions.typeOf(found.type()), unstable);
    }

    void filestatSetTimes(int fd, int flags, int path, int length, long accessed, long modified, int which)
            throws Refusal, FileException {
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_FILESTAT_SET_TIMES);
        boolean follow = follow(flags);
        times.checkFlags(which);
        directory.setTimes(name, follow, times.accessed(accessed, which), times.modified(modified, which));
    }

    void link(int fd, int flags, int path, int length, int toFd, int toPath, int toLength)
            throws Refusal, FileException {
        String from = memory.path(path, length);
        String to = memory.path(toPath, toLength);
        Directory directory = directory(fd, Rights.PATH_LINK_SOURCE);
        Directory toDirectory = directory(toFd, Rights.PATH_LINK_TARGET);
        directory.link(from, follow(flags), toDirectory, to);
    }

    /**
     * Opens a file or a directory. The descriptor gets all rights that apply to its kind and that the directory passes
     * on. The rights to read and to write a file are granted only if asked for, as in wasmtime; few guests ask for all
     * other rights that they need.
     */
    void open(int fd, int lookup, int path, int length, int how, long rights, int flags, int opened)
            throws Refusal, FileException {
        memory.check(opened, 4);
        String name = memory.path(path, length);
        DirectoryDescriptor in = descriptors.directory(fd, Errno.ENOTDIR);
        boolean follow = follow(lookup);
        Flags.known(how, Flags.OFLAGS);
        Flags.known(flags, Flags.FDFLAGS);
        in.need(Rights.PATH_OPEN
                | ((how & Flags.CREAT) != 0 ? Rights.PATH_CREATE_FILE : 0)
                | ((how & Flags.TRUNC) != 0 ? Rights.PATH_FILESTAT_SET_SIZE : 0));
        long wanted = rights & (Rights.FD_READ | Rights.FD_WRITE);
        if ((wanted & ~in.inheriting()) != 0) {
            throw Errno.ENOTCAPABLE.refusal();
        }
        descriptors.needRoom();
        boolean write = (wanted & Rights.FD_WRITE) != 0;
        var mode = new OpenMode(
                (wanted & Rights.FD_READ) != 0 || !write,
                write || (how & Flags.TRUNC) != 0,
                (how & Flags.CREAT) != 0,
                (how & Flags.EXCL) != 0,
                (how & Flags.TRUNC) != 0,
                (how & Flags.DIRECTORY) != 0,
                (flags & Flags.SYNC) != 0,
                (flags & Flags.DSYNC) != 0);
        OpenNode node = in.directory().open(name, follow, mode);
        memory.putInt(opened, descriptors.add(descriptor(node, wanted, in.inheriting(), flags)));
    }

    private static Descriptor descriptor(OpenNode node, long wanted, long inheriting, int flags) {
        if (node instanceof RegularFile file) {
            long rights = Rights.OF_FILES & ~(Rights.FD_READ | Rights.OF_WRITING);
            if ((wanted & Rights.FD_WRITE) != 0) {
                rights |= Rights.OF_WRITING;
            }
            return new FileDescriptor(file, (rights | wanted) & inheriting, 0, flags);
        }
        return new DirectoryDescriptor((Directory) node, null, Rights.OF_DIRECTORIES & inheriting, inheriting, flags);
    }

    void readlink(int fd, int path, int length, int buffer, int bufferLength, int size) throws Refusal, FileException {
        memory.checkBuffer(buffer, bufferLength);
        memory.check(size, 4);
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_READLINK);
        byte[] target = directory.readLink(name).getBytes(StandardCharsets.UTF_8);
        int count = Integer.compareUnsigned(bufferLength, target.length) < 0 ? bufferLength : target.length;
        memory.put(buffer, target, count);
        memory.putInt(size, count);
    }

    void removeDirectory(int fd, int path, int length) throws Refusal, FileException {
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_REMOVE_DIRECTORY);
        directory.removeDirectory(name);
    }

    void rename(int fd, int path, int length, int toFd, int toPath, int toLength) throws Refusal, FileException {
        String from = memory.path(path, length);
        String to = memory.path(toPath, toLength);
        Directory directory = directory(fd, Rights.PATH_RENAME_SOURCE);
        Directory toDirectory = directory(toFd, Rights.PATH_RENAME_TARGET);
        directory.rename(from, toDirectory, to);
    }

    void symlink(int target, int targetLength, int fd, int path, int length) throws Refusal, FileException {
        String to = memory.path(target, targetLength);
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_SYMLINK);
        directory.symlink(to, name);
    }

    void unlinkFile(int fd, int path, int length) throws Refusal, FileException {
        String name = memory.path(path, length);
        Directory directory = directory(fd, Rights.PATH_UNLINK_FILE);
        directory.unlink(name);
    }
}
