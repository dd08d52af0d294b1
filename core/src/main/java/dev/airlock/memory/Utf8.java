package dev.airlock.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes UTF-8 (Unicode, section 3.9, table 3-7) in one pass that decodes and checks. The JDK's own decoder repairs what
 * is ill-formed, so that its strings have to be looked through; for text beyond ASCII it takes as long as this one or, on
 * JDK 17, half as long again. For ASCII it is several times as fast, and is left to do that.
 */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SIGNS = 0x8080_8080_8080_8080L;

    /** How many bytes are looked at to guess what the rest is like: most text beyond ASCII shows itself by then. */
    private static final int GLANCE = 64;

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** @return null if the bytes may be ill-formed; the caller has to find out where */
    static @Nullable String decode(byte[] bytes, int offset, int length, Runnable pause) {
        int end = offset + length;
        if (length > Text.PIECE) {
            // Nothing can stop the JDK's decoder, which would have to look through all of it.
            if (isAscii(bytes, offset, end, pause)) {
                return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            }
        } else if (isAscii(bytes, offset, offset + Math.min(length, GLANCE))) {
            // What is ill-formed becomes U+FFFD here: a result without one was well-formed.
            String quick = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (length <= GLANCE || quick.indexOf(REPLACEMENT) < 0) {
                return quick;
            }
        }
        char[] chars = new char[length];
        int count = decode(bytes, offset, end, chars, pause);
        return count < 0 ? null : new String(chars, 0, count);
    }

    static boolean isAscii(byte[] bytes, int from, int end, Runnable pause) {
        for (int at = from; at < end; ) {
            int stop = at + Math.min(end - at, Text.PIECE);
            if (!isAscii(bytes, at, stop)) {
                return false;
            }
            at = stop;
            pause.run();
        }
        return true;
    }

    private static boolean isAscii(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & SIGNS) != 0) {
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

    /** @return how many chars there are; negative if the bytes are ill-formed */
    private static int decode(byte[] bytes, int from, int end, char[] chars, Runnable pause) {
        int count = 0;
        for (int at = from; at < end; ) {
            // The last character of a piece may reach beyond it.
            long moved = decode(bytes, at, at + Math.min(end - at, Text.PIECE), end, chars, count);
            if (moved < 0) {
                return -1;
            }
            at = (int) (moved >>> 32);
            count = (int) moved;
            if (at < end) {
                pause.run();
            }
        }
        return count;
    }

    /** @return where the next character starts, and how many chars there are; negative if the bytes are ill-formed */
    private static long decode(byte[] bytes, int from, int stop, int end, char[] chars, int before) {
        int count = before;
        int at = from;
        while (at < stop) {
            int first = bytes[at];
            if (first >= 0) {
                chars[count++] = (char) first;
                at++;
            } else if (first >> 5 == -2) {
                if (end - at < 2 || !isContinuation(bytes[at + 1])) {
                    return -1;
                }
                int point = (first & 0x1F) << 6 | bytes[at + 1] & 0x3F;
                if (point < 0x80) {
                    return -1;
                }
                chars[count++] = (char) point;
                at += 2;
            } else if (first >> 4 == -2) {
                if (end - at < 3 || !isContinuation(bytes[at + 1]) || !isContinuation(bytes[at + 2])) {
                    return -1;
                }
                int point = (first & 0xF) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
                if (point < 0x800 || Character.isSurrogate((char) point)) {
                    return -1;
                }
                chars[count++] = (char) point;
                at += 3;
            } else {
                int point = first >> 3 == -2 && end - at >= 4 ? ofFour(bytes, at) : -1;
                if (!Character.isSupplementaryCodePoint(point)) {
                    return -1;
                }
                chars[count++] = Character.highSurrogate(point);
                chars[count++] = Character.lowSurrogate(point);
                at += 4;
            }
        }
        return (long) at << 32 | count;
    }

    private static int ofFour(byte[] bytes, int at) {
        if (!isContinuation(bytes[at + 1]) || !isContinuation(bytes[at + 2]) || !isContinuation(bytes[at + 3])) {
            return -1;
        }
        return (bytes[at] & 0x7) << 18
                | (bytes[at + 1] & 0x3F) << 12
                | (bytes[at + 2] & 0x3F) << 6
                | bytes[at + 3] & 0x3F;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
