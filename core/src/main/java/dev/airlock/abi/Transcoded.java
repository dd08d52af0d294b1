package dev.airlock.abi;

import dev.airlock.error.ValueException;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A string of one guest as another takes it.
 *
 * @param block its bytes: a {@link Slice} of where they are, if they need no change, else an array
 * @param units how many code units they are, with the tag of {@link StringEncoding#LATIN1_UTF16}
 */
record Transcoded(Object block, int units) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);

    /** Traps unless the string is well-formed. */
    static Transcoded of(
            LinearMemory memory,
            int pointer,
            int count,
            StringEncoding from,
            StringEncoding to,
            @Nullable Budget budget,
            String what) {
        long size = Integer.toUnsignedLong(count) * (from == StringEncoding.UTF16 ? 2 : 1);
        if (from == to && from != StringEncoding.LATIN1_UTF16 && size <= CanonicalOperations.MAX_BYTES) {
            CanonicalOperations.checkList(memory, pointer, (int) size, 1, from.alignment(), null, what);
            boolean plain = from == StringEncoding.UTF8
                    ? isAscii(memory.bytes(), pointer, (int) size)
                    : hasNoSurrogates(memory.bytes(), pointer, (int) size);
            if (plain) {
                if (budget != null) {
                    budget.take(size);
                }
                return new Transcoded(new Slice(memory, pointer, (int) size), count);
            }
        }
        String text = CanonicalOperations.decodeText(memory, pointer, count, from, budget, what);
        byte[] bytes = encode(text, to, what);
        return new Transcoded(bytes, CanonicalOperations.countText(bytes, text, to));
    }

    /** A string that is fine for one guest may be too long in the encoding of the other. */
    private static byte[] encode(String text, StringEncoding to, String what) {
        try {
            return CanonicalOperations.encodeText(text, to, what);
        } catch (ValueException e) {
            throw CanonicalOperations.badValue(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int size) {
        int at = from;
        int end = from + size;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & 0x8080_8080_8080_8080L) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNoSurrogates(byte[] bytes, int from, int size) {
        for (int at = from; at < from + size; at += 2) {
            if (Character.isSurrogate((char) CHARS.get(bytes, at))) {
                return false;
            }
        }
        return true;
    }
}
