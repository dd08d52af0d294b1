package dev.airlock.wasi.preview1;

import dev.airlock.engine.Caller;
import dev.airlock.engine.HostModule;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Memory;
import dev.airlock.memory.linear.LinearMemory;
import org.jspecify.annotations.Nullable;

/**
 * The guest's memory for the functions of WASI. A function first checks all pointers that it was given and then acts,
 * so that a bad pointer leaves nothing half done. A range that was in bounds once stays in bounds.
 */
final class GuestMemory {
    /** The limit of Linux and of wasi-libc (IOV_MAX). */
    private static final int MAX_PIECES = 1_024;

    /** The limit of Linux (PATH_MAX), without the NUL at the end. */
    private static final int MAX_PATH = 4_095;

    private @Nullable Memory memory;
    private @Nullable LinearMemory linear;

    /** Sets the memory. Each function calls this first. */
    void of(Caller caller) {
        if (memory == null) {
            memory = HostModule.memory(caller);
            linear = memory.linear();
        }
    }

    private Memory memory() {
        if (memory == null) {
            throw new IllegalStateException("no function was called yet");
        }
        return memory;
    }

    private LinearMemory linear() {
        if (linear == null) {
            throw new IllegalStateException("no function was called yet");
        }
        return linear;
    }

    /** Returns the current array for reading. Ask for it again after any code of the host has run. */
    byte[] bytes() {
        return linear().bytes();
    }

    /** Returns the current array for writing to a range that was checked. */
    byte[] toWrite(int pointer, int length) {
        return linear().toWrite(pointer, length);
    }

    /** Records how many bytes a descriptor moved to or from this memory. */
    void moved(int count, boolean intoMemory) {
        if (intoMemory) {
            linear().wasWritten(count);
        } else {
            linear().wasRead(count);
        }
    }

    /** Throws EFAULT if any byte of the range is out of bounds. */
    void check(int pointer, long length) throws Refusal {
        if (Integer.toUnsignedLong(pointer) + length > linear().size()) {
            throw Errno.EFAULT.refusal();
        }
    }

    /** Throws EFAULT if any byte of the range is out of bounds. The guest gave the length. */
    void checkBuffer(int pointer, int length) throws Refusal {
        check(pointer, Integer.toUnsignedLong(length));
    }

    // The methods below take checked pointers.

    int getInt(int pointer) {
        return memory().readInt(pointer);
    }

    int getShort(int pointer) {
        return memory().readUnsignedShort(pointer);
    }

    int getByte(int pointer) {
        return memory().readUnsignedByte(pointer);
    }

    long getLong(int pointer) {
        return memory().readLong(pointer);
    }

    void putInt(int pointer, int value) {
        memory().writeInt(pointer, value);
    }

    void putShort(int pointer, int value) {
        memory().writeShort(pointer, (short) value);
    }

    void putByte(int pointer, int value) {
        memory().writeByte(pointer, (byte) value);
    }

    void putLong(int pointer, long value) {
        memory().writeLong(pointer, value);
    }

    void put(int pointer, byte[] value, int length) {
        memory().write(pointer, value, 0, length);
    }

    /** Writes zeros, for the gaps in a structure. */
    void clear(int pointer, int length) {
        memory().fill(pointer, length, (byte) 0);
    }

    /** Reads a path: well-formed UTF-8 of a length that operating systems accept. */
    String path(int pointer, int length) throws Refusal {
        checkBuffer(pointer, length);
        if (Integer.compareUnsigned(length, MAX_PATH) > 0) {
            throw Errno.ENAMETOOLONG.refusal();
        }
        try {
            return memory().readString(pointer, length);
        } catch (ValueException e) {
            throw Errno.EILSEQ.refusal();
        }
    }

    /** Pieces of memory to read into or write from: pairs of pointer and length. */
    record Pieces(int[] pairs, int total) {
        int count() {
            return pairs.length / 2;
        }

        int pointer(int index) {
            return pairs[2 * index];
        }

        int length(int index) {
            return pairs[2 * index + 1];
        }
    }

    /**
     * Reads an array of {@code iovec} or {@code ciovec} and checks each piece. Throws EINVAL if there are too many
     * pieces, or more bytes in total than a signed 32-bit number counts.
     */
    Pieces pieces(int pointer, int count) throws Refusal {
        check(pointer, Integer.toUnsignedLong(count) * 8);
        if (Integer.compareUnsigned(count, MAX_PIECES) > 0) {
            throw Errno.EINVAL.refusal();
        }
        int[] pairs = new int[2 * count];
        long total = 0;
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = getInt(pointer + 4 * i);
            if ((i & 1) == 1) {
                checkBuffer(pairs[i - 1], pairs[i]);
                total += Integer.toUnsignedLong(pairs[i]);
            }
        }
        if (total > Integer.MAX_VALUE) {
            throw Errno.EINVAL.refusal();
        }
        return new Pieces(pairs, (int) total);
    }

    /** Reads into a range of this memory. The reader may call the guest, which may grow the memory meanwhile. */
    @SuppressWarnings("ReferenceEquality")
    <E extends Exception> int fill(int pointer, int length, Reader<E> reader) throws E {
        byte[] target = toWrite(pointer, length);
        int count = reader.read(target, pointer, length);
        if (bytes() != target && count > 0) {
            System.arraycopy(target, pointer, toWrite(pointer, count), pointer, count);
        }
        return count;
    }

    /** Reads into an array. */
    interface Reader<E extends Exception> {
        int read(byte[] into, int offset, int length) throws E;
    }
}
