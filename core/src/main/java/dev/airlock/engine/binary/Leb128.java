package dev.airlock.engine.binary;

import java.nio.charset.StandardCharsets;

/**
 * Reads the few numbers and names of a binary that we read ourselves (core specification, section 5.2).
 *
 * <p>What does not fit throws {@link IndexOutOfBoundsException}: the reader decides what that means.
 */
final class Leb128 {
    private final byte[] bytes;
    private final int end;
    private int at;

    Leb128(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** A u32 that has to be a count or a size, and so less than 2^31. */
    int unsigned32() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = next();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number is too large at byte " + at);
    }

    /** Moves past a number of up to 64 bits. */
    void skipNumber() {
        for (int length = 1; next() < 0; length++) {
            if (length == 10) {
                throw new IndexOutOfBoundsException("a number is too large at byte " + at);
            }
        }
    }

    byte next() {
        if (at >= end) {
            throw new IndexOutOfBoundsException("the end was met at byte " + at);
        }
        return bytes[at++];
    }

    void skip(int count) {
        if (count < 0 || count > end - at) {
            throw new IndexOutOfBoundsException("the end was met at byte " + at);
        }
        at += count;
    }

    String name() {
        int length = unsigned32();
        int start = at;
        skip(length);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
