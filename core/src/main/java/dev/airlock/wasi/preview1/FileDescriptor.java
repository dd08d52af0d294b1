package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.FileException;
import dev.airlock.wasi.files.FileStat;
import dev.airlock.wasi.files.RegularFile;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** An open file, and the position in it. */
final class FileDescriptor extends Descriptor {
    private final RegularFile file;
    private long position;

    FileDescriptor(RegularFile file, long rights, long inheriting, int flags) {
        super(rights, inheriting, flags);
        this.file = file;
    }

    @Override
    int type() {
        return Flags.REGULAR_FILE;
    }

    @Override
    FileStat stat() throws Refusal {
        try {
            return file.stat();
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        int count = readAt(position, memory, pointer, length);
        position += count;
        return count;
    }

    @Override
    int readAt(long at, GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            return file.read(at, memory.toWrite(pointer, length), pointer, length);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            if (has(Flags.APPEND)) {
                position = file.append(memory.bytes(), pointer, length);
                return length;
            }
            int count = file.write(position, memory.bytes(), pointer, length);
            position += count;
            return count;
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    /**
     * Writes at a position. A file that is open for appending is appended to at any position, as on Linux and in
     * wasmtime.
     */
    @Override
    int writeAt(long at, GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            if (has(Flags.APPEND)) {
                file.append(memory.bytes(), pointer, length);
                return length;
            }
            return file.write(at, memory.bytes(), pointer, length);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    long seek(long offset, Whence whence) throws Refusal {
        long from = switch (whence) {
            case SET -> 0;
            case CUR -> position;
            case END -> size();
        };
        long to = from + offset;
        // The sum of a size and an offset may exceed 63 bits.
        if (to < 0) {
            throw Errno.EINVAL.refusal();
        }
        position = to;
        return to;
    }

    private long size() throws Refusal {
        try {
            return file.size();
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    void advise() {}

    @Override
    void allocate(long offset, long length) throws Refusal {
        try {
            file.allocate(offset, length);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    void setSize(long size) throws Refusal {
        try {
            file.setSize(size);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws Refusal {
        try {
            file.setTimes(accessed, modified);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    void sync(boolean metadataToo) throws Refusal {
        try {
            file.sync(metadataToo);
        } catch (FileException e) {
            throw HostFailures.of(e);
        }
    }

    @Override
    boolean await(boolean toWrite, long nanos) {
        return true;
    }

    @Override
    long available() throws Refusal {
        return Math.max(0, size() - position);
    }

    @Override
    void close() {
        file.close();
    }
}
