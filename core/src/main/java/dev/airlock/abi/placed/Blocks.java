package dev.airlock.abi.placed;

import dev.airlock.abi.GuestText;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.Memory;
import dev.airlock.memory.StaticMemory;
import dev.airlock.payload.PayloadCodec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of steps for core modules, shared by the interpreter and by generated code.
 *
 * <p>A wrong value of Java is a {@link ValueException}; a wrong value of the guest is a {@link Trap}.
 */
public final class Blocks {
    /** The pointer of an empty block that is not allocated: not null, aligned for all, and never read. */
    static final int EMPTY = 8;

    private static final int MAX_BLOCK = Integer.MAX_VALUE - 8;

    private Blocks() {}

    private static Trap trap(TrapCode code, String message) {
        return new Trap(code, message, List.of(), null);
    }

    static byte[] encodePayload(@Nullable Object value, String name, PayloadCodec codec, Type type, boolean utf16) {
        try {
            byte[] payload = codec.encode(value, type);
            return utf16 ? new String(payload, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE) : payload;
        } catch (ValueException e) {
            throw new ValueException(name + ": " + e.getMessage(), e);
        }
    }

    /** Returns the size of a block in bytes. */
    static int size(int count, int width, int extra) {
        long size = (long) count * width + extra;
        if (size > MAX_BLOCK) {
            throw new ValueException("a block of " + size + " bytes is too large for a guest");
        }
        return (int) size;
    }

    /** Checks the shadow stack's pointer after it was moved. */
    static int pushed(Memory memory, int pointer, int size, String function) {
        if (pointer == 0 || (pointer & 3) != 0 || Integer.toUnsignedLong(pointer) + size > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "the shadow stack has no room for " + size + " bytes at " + Integer.toUnsignedString(pointer)
                            + ", for a call of " + function + ": the memory has " + memory.dataSize() + " bytes");
        }
        return pointer;
    }

    /** Checks the block that an allocator returned. */
    static int allocated(Memory memory, int pointer, int size, int align, String function) {
        if (size == 0) {
            // Never read or written; some allocators return an address far outside for such a block.
            return pointer;
        }
        if (pointer == 0) {
            throw trap(
                    TrapCode.ALLOCATION_FAILED,
                    "the allocator gave no block of " + size + " bytes, for a call of " + function);
        }
        if ((pointer & (align - 1)) != 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "the allocator gave an unaligned pointer, "
                            + Integer.toUnsignedString(pointer) + " for elements of " + align + " bytes, for a call of "
                            + function);
        }
        if (Integer.toUnsignedLong(pointer) + size > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "the allocator gave a block outside the memory: offset "
                            + Integer.toUnsignedString(pointer) + ", length " + size + ", but the memory has "
                            + memory.dataSize() + " bytes, for a call of " + function);
        }
        return pointer;
    }

    /** Checks that two blocks, both in use, share no bytes. */
    static void checkApart(int a, int sizeA, int b, int sizeB, String function) {
        if (sizeA > 0 && sizeB > 0 && a < b + sizeB && b < a + sizeA) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "the allocator gave the same bytes twice: offset " + a + ", length " + sizeA + ", and offset " + b
                            + ", length " + sizeB + ", for a call of " + function);
        }
    }

    /**
     * Checks that a result that is freed shares no bytes with a block that is freed too: one of them would be freed
     * twice.
     */
    static void checkDisjoint(
            Memory memory, int result, int count, int width, int extra, int other, int sizeOther, String function) {
        long from = Integer.toUnsignedLong(result);
        long size = Integer.toUnsignedLong(count) * width + extra;
        long otherFrom = Integer.toUnsignedLong(other);
        boolean shared = size == 0 ? from == otherFrom : from < otherFrom + sizeOther && otherFrom < from + size;
        // The step that reads the block reports that it lies outside the memory.
        if (sizeOther > 0 && shared && from + size <= memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function + " gave a block that overlaps a block of the host: offset " + from + ", length " + size
                            + ", and the host's is at offset " + otherFrom + ", length " + sizeOther
                            + ": the host would free it twice");
        }
    }

    /**
     * Returns the pointer of a result that is freed; 0 for one that is static.
     *
     * @param own a block that the guest's allocator gave: if that is in static memory, too, the heap is
     */
    static int freed(StaticMemory statics, int pointer, int own, int ownSize) {
        boolean heapIsStatic = own != 0 && ownSize > 0 && statics.contains(own);
        return statics.contains(pointer) && !heapIsStatic ? 0 : pointer;
    }

    /** Returns what is thrown if a guest failed while it freed a result of its own. */
    static Throwable released(Throwable failure, String function, int unknown) {
        return new ReleaseException(function, unknown, failure);
    }

    static void store(Memory memory, int pointer, byte[] elements) {
        memory.write(elements.length == 0 ? 0 : pointer, elements);
    }

    static void store(Memory memory, int pointer, short[] elements) {
        memory.writeShorts(elements.length == 0 ? 0 : pointer, elements);
    }

    static void store(Memory memory, int pointer, int[] elements) {
        memory.writeInts(elements.length == 0 ? 0 : pointer, elements);
    }

    static void store(Memory memory, int pointer, long[] elements) {
        memory.writeLongs(elements.length == 0 ? 0 : pointer, elements);
    }

    static void store(Memory memory, int pointer, float[] elements) {
        memory.writeFloats(elements.length == 0 ? 0 : pointer, elements);
    }

    static void store(Memory memory, int pointer, double[] elements) {
        memory.writeDoubles(elements.length == 0 ? 0 : pointer, elements);
    }

    /** Checks a string for a guest that takes it to end at the first NUL. */
    static byte[] withoutNul(byte[] elements, String name) {
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] == 0) {
                throw new ValueException(
                        name + ": a NUL character at byte " + i + ", and the guest takes strings that end with a NUL");
            }
        }
        return elements;
    }

    static void storeWithNul(Memory memory, int pointer, byte[] elements) {
        memory.write(pointer, elements);
        memory.writeByte(pointer + elements.length, (byte) 0);
    }

    static void storeView(Memory memory, int view, int buffer, int size) {
        memory.writeInt(view, buffer);
        memory.writeInt(view + 4, buffer);
        memory.writeInt(view + 8, size);
    }

    static long[] pair(int pointer, int count) {
        return new long[] {pointer, count};
    }

    static void storePair(Memory memory, int ret, int pointer, int count, String function) {
        if (Integer.toUnsignedLong(ret) + 8 > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function + " was given a return pointer outside the memory: offset " + Integer.toUnsignedString(ret)
                            + ", but the memory has " + memory.dataSize() + " bytes");
        }
        memory.writeInt(ret, pointer);
        memory.writeInt(ret + 4, count);
    }

    static int load(Memory memory, int pointer, int displacement, String function) {
        long at = Integer.toUnsignedLong(pointer) + displacement;
        if (at < 0 || at + 4 > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function + " gave a pointer outside the memory: offset " + Integer.toUnsignedString(pointer)
                            + ", but the memory has " + memory.dataSize() + " bytes");
        }
        return memory.readInt((int) at);
    }

    public static int length(Memory memory, int pointer, String function) {
        if (pointer == 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function
                            + " gave null, where a string is needed: if it may be missing, declare it as Optional or @Nullable,"
                            + " in WIT as option<…>");
        }
        long end = memory.dataSize();
        for (long at = Integer.toUnsignedLong(pointer); at < end; at++) {
            if (memory.readByte((int) at) == 0) {
                return (int) at - pointer;
            }
            if ((at & Interruption.ELEMENTS) == 0) {
                Interruption.check();
            }
        }
        throw trap(
                TrapCode.BAD_POINTER,
                function + " gave a string at offset "
                        + Integer.toUnsignedString(pointer) + " that does not end before the memory does, at "
                        + memory.dataSize() + " bytes");
    }

    /**
     * Checks a number that has to be a pointer and a count. A plain number in its place, small and of either sign,
     * would have null for its pointer, or the last byte there could be.
     */
    static long packed(long fat, String function) {
        int pointer = (int) (fat >>> 32);
        if ((pointer == 0 && fat != 0) || pointer == -1) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function + " gave the i64 " + fat
                            + ", which is no ptr<<32 | len of a block: if it stands for itself,"
                            + " it has to be long in Java");
        }
        return fat;
    }

    /**
     * Checks a block that the guest returned.
     *
     * @return where to read it; the start of the memory for a block of no bytes, since some allocators return an
     *     address far outside for it
     */
    private static int checked(Memory memory, int pointer, int count, int width, String function) {
        if (count == 0) {
            return 0;
        }
        long size = Integer.toUnsignedLong(count) * width;
        if (Integer.toUnsignedLong(pointer) + size > memory.dataSize()) {
            throw trap(
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: " + function
                            + " gave a block at offset " + Integer.toUnsignedString(pointer) + ", length " + size
                            + ", but the memory has " + memory.dataSize() + " bytes");
        }
        if ((pointer & (width - 1)) != 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    function + " gave an unaligned pointer, " + Integer.toUnsignedString(pointer) + " for elements of "
                            + width + " bytes");
        }
        memory.linear().allowance().checkString(size);
        return pointer;
    }

    /** Checks the same for a list of numbers, and the heap that Java needs for it. */
    private static int checkedArray(Memory memory, int pointer, int count, int width, String function) {
        int from = checked(memory, pointer, count, width, function);
        memory.linear().allowance().checkLifted(HeapCost.ARRAY + (long) count * width, function);
        return from;
    }

    /** Checks the heap for a string: Java needs two bytes for each byte of the guest, unless all are ASCII. */
    private static void liftUtf8(Memory memory, int from, int count, String function) {
        Allowance allowance = memory.linear().allowance();
        long heap = HeapCost.TEXT + 2L * count;
        if (!allowance.mayLift(heap) && GuestText.isAscii(memory.linear(), from, count)) {
            heap -= count;
        }
        allowance.checkLifted(heap, function);
    }

    public static String decodeUtf8(Memory memory, int pointer, int count, String function) {
        int from = checked(memory, pointer, count, 1, function);
        liftUtf8(memory, from, count, function);
        try {
            return GuestText.decode(memory, from, count, StandardCharsets.UTF_8);
        } catch (ValueException e) {
            throw trap(TrapCode.BAD_VALUE, function + " gave a string that is no text: " + e.getMessage());
        }
    }

    public static String decodeUtf16(Memory memory, int pointer, int count, String function) {
        int from = checked(memory, pointer, count, 2, function);
        memory.linear().allowance().checkLifted(HeapCost.TEXT + 2L * count, function);
        try {
            return GuestText.decode(memory, from, count * 2, StandardCharsets.UTF_16LE);
        } catch (ValueException e) {
            throw trap(TrapCode.BAD_VALUE, function + " gave a string that is no text: " + e.getMessage());
        }
    }

    static byte[] decodeBytes(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 1, function);
        return memory.read(from, count);
    }

    static short[] decodeShorts(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 2, function);
        return memory.readShorts(from, count);
    }

    static int[] decodeInts(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 4, function);
        return memory.readInts(from, count);
    }

    static long[] decodeLongs(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 8, function);
        return memory.readLongs(from, count);
    }

    static float[] decodeFloats(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 4, function);
        return memory.readFloats(from, count);
    }

    static double[] decodeDoubles(Memory memory, int pointer, int count, String function) {
        int from = checkedArray(memory, pointer, count, 8, function);
        return memory.readDoubles(from, count);
    }

    static @Nullable Object decodePayload(
            Memory memory, int pointer, int count, String function, PayloadCodec codec, Type type, boolean utf16) {
        memory.linear().allowance().checkPayload(Integer.toUnsignedLong(count) * (utf16 ? 2 : 1));
        byte[] payload = utf16
                ? decodeUtf16(memory, pointer, count, function).getBytes(StandardCharsets.UTF_8)
                : decodeBytes(memory, pointer, count, function);
        PayloadHeap.check(memory.linear().allowance(), codec.format(), payload, type, function);
        try {
            return codec.decode(payload, type);
        } catch (ValueException e) {
            throw new ValueException("the result of " + function + ": " + e.getMessage(), e);
        }
    }
}
