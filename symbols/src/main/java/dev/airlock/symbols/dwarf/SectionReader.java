package dev.airlock.symbols.dwarf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the numbers of a section, little-endian. Throws {@link IndexOutOfBoundsException} if the section is too short.
 */
final class SectionReader {
    private static final int LONGEST_TEXT = 4_096;

    private final byte[] bytes;
    private final int end;
    private int at;

    SectionReader(byte[] bytes, int start, int end) {
        if (start < 0 || end < start || end > bytes.length) {
            throw new IndexOutOfBoundsException("bytes " + start + " to " + end + " of " + bytes.length);
        }
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

    int remaining() {
        return end - at;
    }

    /** Returns a reader that starts at the current position. */
    SectionReader copy() {
        return new SectionReader(bytes, at, end);
    }

    /** Returns a reader of the next bytes only, and skips them here. */
    SectionReader part(long size) {
        int start = at;
        skip(size);
        return new SectionReader(bytes, start, at);
    }

    void skip(long count) {
        if (count < 0 || count > end - at) {
            throw new IndexOutOfBoundsException(count + " bytes were expected at byte " + at);
        }
        at += (int) count;
    }

    int u8() {
        if (at >= end) {
            throw new IndexOutOfBoundsException("the end was met at byte " + at);
        }
        return bytes[at++] & 0xff;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    long u32() {
        return u16() | (long) u16() << 16;
    }

    long u64() {
        return u32() | u32() << 32;
    }

    long unsigned(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 4 -> u32();
            case 8 -> u64();
            default -> throw new IndexOutOfBoundsException("a number of " + size + " bytes at byte " + at);
        };
    }

    /** Reads an unsigned LEB128 number. Drops the bits above 64. */
    long uleb() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = u8();
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            shift = Math.min(shift + 7, Long.SIZE);
        } while ((next & 0x80) != 0);
        return value;
    }

    /** Reads a signed LEB128 number. Drops the bits above 64. */
    long sleb() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = u8();
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            shift = Math.min(shift + 7, Long.SIZE);
        } while ((next & 0x80) != 0);
        return shift < Long.SIZE && (next & 0x40) != 0 ? value | -1L << shift : value;
    }

    /** Reads text up to a NUL. */
    String text() {
        int start = at;
        skipText();
        int length = Math.min(at - 1 - start, LONGEST_TEXT);
        return new String(Arrays.copyOfRange(bytes, start, start + length), StandardCharsets.UTF_8);
    }

    void skipText() {
        int next;
        do {
            next = u8();
        } while (next != 0);
    }
}
