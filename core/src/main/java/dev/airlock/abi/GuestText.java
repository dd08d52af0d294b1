package dev.airlock.abi;

import dev.airlock.memory.Interruption;
import dev.airlock.memory.Memory;
import dev.airlock.memory.Text;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A string in a guest's memory that was found well-formed: its length in each encoding, and how to write it in one. It
 * makes no Java string.
 *
 * @param units code units in the encoding it has there
 * @param points code points
 * @param utf8 bytes in UTF-8
 * @param utf16 code units in UTF-16
 * @param highest no code point is above this one
 */
public record GuestText(
        LinearMemory memory, int pointer, int units, Coding coding, int points, int utf8, int utf16, int highest) {
    public static final int ASCII = 0x7f;
    public static final int LATIN1 = 0xff;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);

    /** The encoding of a string in a guest's memory. All of a string has one. */
    public enum Coding {
        UTF8(1, 0x8080_8080_8080_8080L),
        UTF16(2, 0xff80_ff80_ff80_ff80L),
        LATIN1(1, 0x8080_8080_8080_8080L);

        private final int width;
        private final long beyondAscii;

        Coding(int width, long beyondAscii) {
            this.width = width;
            this.beyondAscii = beyondAscii;
        }

        /** Returns the bytes of a code unit. */
        public int width() {
            return width;
        }
    }

    /**
     * Measures a range, all of which lies within the memory.
     *
     * @return null if the text is ill-formed
     */
    public static @Nullable GuestText of(LinearMemory memory, int pointer, int units, Coding coding) {
        byte[] bytes = memory.bytes();
        int end = pointer + units * coding.width();
        if (isAscii(bytes, pointer, end, coding)) {
            return new GuestText(memory, pointer, units, coding, units, units, units, ASCII);
        }
        int points = 0;
        int utf8 = 0;
        int utf16 = 0;
        int highest = 0;
        for (int at = pointer; at < end; ) {
            int point = pointAt(bytes, at, end, coding);
            if (point < 0) {
                return null;
            }
            at += coding == Coding.LATIN1 ? 1 : coding == Coding.UTF16 ? 2 * Character.charCount(point) : inUtf8(point);
            if ((++points & Interruption.ELEMENTS) == 0) {
                Interruption.check();
            }
            utf8 += inUtf8(point);
            utf16 += Character.charCount(point);
            highest |= point;
        }
        return new GuestText(memory, pointer, units, coding, points, utf8, utf16, highest);
    }

    /**
     * Decodes a range that lies within the memory to a Java string.
     *
     * @throws dev.airlock.error.ValueException if it is ill-formed
     */
    public static String decode(Memory memory, int pointer, int size, Charset charset) {
        LinearMemory linear = memory.linear();
        if (linear.shared()) {
            // Another thread may write while this one decodes, and decoders look at a byte more than once.
            return Text.decode(memory.read(pointer, size), 0, size, pointer, charset, Interruption::check);
        }
        linear.wasRead(size);
        return Text.decode(linear.bytes(), pointer, size, 0, charset, Interruption::check);
    }

    /** Returns whether all bytes of a range, which lies within the memory, are ASCII. */
    public static boolean isAscii(LinearMemory memory, int pointer, int size) {
        return Text.isAscii(memory.bytes(), pointer, size, Interruption::check);
    }

    private static boolean isAscii(byte[] bytes, int from, int end, Coding coding) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & coding.beyondAscii) != 0) {
                return false;
            }
        }
        for (; at < end; at += coding.width()) {
            if (pointAt(bytes, at, end, coding) != (bytes[at] & ASCII)) {
                return false;
            }
        }
        return true;
    }

    private static int inUtf8(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
    }

    /**
     * Reads one code point.
     *
     * @return negative if the bytes are none
     */
    private static int pointAt(byte[] bytes, int at, int end, Coding coding) {
        if (coding == Coding.LATIN1) {
            return bytes[at] & 0xff;
        } else if (coding == Coding.UTF8) {
            return ofUtf8(bytes, at, end);
        }
        char first = (char) CHARS.get(bytes, at);
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isLowSurrogate(first) || at + 4 > end) {
            return -1;
        }
        char second = (char) CHARS.get(bytes, at + 2);
        return Character.isLowSurrogate(second) ? Character.toCodePoint(first, second) : -1;
    }

    /** Unicode, section 3.9, table 3-7. */
    private static int ofUtf8(byte[] bytes, int at, int end) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        int length = first >> 5 == -2 ? 2 : first >> 4 == -2 ? 3 : first >> 3 == -2 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return -1;
        }
        int point = first & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return -1;
            }
            point = point << 6 | bytes[at + i] & 0x3f;
        }
        boolean shortest = Character.isValidCodePoint(point) && inUtf8(point) == length;
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return shortest && !surrogate ? point : -1;
    }

    /** Returns the bytes that the string takes in an encoding that has all of its characters. */
    public int size(Coding wanted) {
        return switch (wanted) {
            case UTF8 -> utf8;
            case UTF16 -> 2 * utf16;
            case LATIN1 -> points;
        };
    }

    /** Writes the string in an encoding that has all of its characters. The caller has made room for it. */
    public void write(LinearMemory target, int offset, Coding wanted) {
        byte[] from = memory.bytes();
        int written = size(wanted);
        byte[] to = target.toWrite(offset, written);
        target.wasWritten(written);
        if (wanted == coding || (highest <= ASCII && wanted.width() == coding.width())) {
            Interruption.copy(from, pointer, to, offset, units * coding.width());
            return;
        }
        int at = pointer;
        int next = offset;
        for (int i = 0; i < points; i++) {
            if ((i & Interruption.ELEMENTS) == Interruption.ELEMENTS) {
                Interruption.check();
            }
            int point = pointAt(from, at, Integer.MAX_VALUE, coding);
            at += coding == Coding.LATIN1 ? 1 : coding == Coding.UTF16 ? 2 * Character.charCount(point) : inUtf8(point);
            if (wanted == Coding.LATIN1) {
                to[next++] = (byte) point;
            } else if (wanted == Coding.UTF8) {
                next = putUtf8(to, next, point);
            } else {
                next = putUtf16(to, next, point);
            }
        }
    }

    private static int putUtf8(byte[] to, int at, int point) {
        int length = inUtf8(point);
        if (length == 1) {
            to[at] = (byte) point;
            return at + 1;
        }
        int rest = point;
        for (int i = length - 1; i > 0; i--) {
            to[at + i] = (byte) (0x80 | rest & 0x3f);
            rest >>= 6;
        }
        to[at] = (byte) (0xf00 >> length | rest);
        return at + length;
    }

    private static int putUtf16(byte[] to, int at, int point) {
        if (Character.isBmpCodePoint(point)) {
            CHARS.set(to, at, (char) point);
            return at + 2;
        }
        CHARS.set(to, at, Character.highSurrogate(point));
        CHARS.set(to, at + 2, Character.lowSurrogate(point));
        return at + 4;
    }
}
