package dev.airlock.component.binary;

import dev.airlock.error.ModuleException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads numbers, names and vectors from a part of a file (core specification, sections 5.1 and 5.2). Errors have the offset
 * and what was expected there. Counts in the file allocate nothing: memory grows with the elements actually read.
 */
final class BinaryReader {
    /**
     * The maximum number of sections, definitions, fields and the like in a file: each takes about ten times as much of the
     * heap as of the file. The largest known components have some ten thousands.
     */
    static final int MAX_ELEMENTS = 1_000_000;

    private final String file;
    private final byte[] bytes;
    private final int end;
    private final Elements elements;
    private int at;

    /** The number of elements so far, in all parts of the file. */
    private static final class Elements {
        private int count;
    }

    BinaryReader(String file, byte[] bytes, int start, int end) {
        this(file, bytes, start, end, new Elements());
    }

    private BinaryReader(String file, byte[] bytes, int start, int end, Elements elements) {
        this.file = file;
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        this.elements = elements;
    }

    /** The offset in the file of the next byte. */
    int position() {
        return at;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return at == end;
    }

    int next(String expected) {
        if (at == end) {
            throw cutShort(at, expected);
        }
        return bytes[at++] & 0xff;
    }

    /** Returns the next byte without moving past it. */
    int peek(String expected) {
        if (at == end) {
            throw cutShort(at, expected);
        }
        return bytes[at] & 0xff;
    }

    /** Reads whether an optional part follows: 0x00 or 0x01. */
    boolean flag(String expected) {
        int start = at;
        int flag = next(expected);
        if (flag > 1) {
            throw expected(start, "0x00 or 0x01: " + expected);
        }
        return flag == 1;
    }

    void skip(int count) {
        at += count;
    }

    /** Reads a u32. */
    long u32(String expected) {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = next(expected);
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (value >= 1L << 32) {
                    break;
                }
                return value;
            }
        }
        throw error(start, "malformed: " + expected + " does not fit 32 bits");
    }

    /** Reads an s33, the encoding of types: an index, or a negative number for a type with an opcode. */
    long s33(String expected) {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = next(expected);
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                long signed = value << (57 - shift) >> (57 - shift);
                if (signed < -(1L << 32) || signed >= 1L << 32) {
                    break;
                }
                return signed;
            }
        }
        throw error(start, "malformed: " + expected + " does not fit 33 bits");
    }

    /** Reads an index. Index spaces have far fewer than 2^31 entries. */
    int index(String what) {
        int start = at;
        long index = u32("the index of " + what);
        return inBounds(start, index, what);
    }

    int inBounds(int start, long index, String what) {
        if (index > Integer.MAX_VALUE) {
            throw error(start, "the index of " + what + " is out of bounds: " + index);
        }
        return (int) index;
    }

    /** Counts a section or an element of one. */
    void count(int offset) {
        if (++elements.count > MAX_ELEMENTS) {
            throw error(offset, "it has more than " + MAX_ELEMENTS + " sections, definitions, fields and the like");
        }
    }

    /** Reads a count and that many elements. Each element takes at least one byte. */
    <T> List<T> vector(String what, Supplier<T> element) {
        int start = at;
        long count = u32("the number of " + what);
        if (count > end - at) {
            throw error(
                    start,
                    "cut short: " + count + " " + what + " are announced, but only " + (end - at) + " bytes are left");
        }
        var read = new ArrayList<T>();
        for (long i = 0; i < count; i++) {
            count(at);
            read.add(element.get());
        }
        return List.copyOf(read);
    }

    /** Reads a length and that many bytes of well-formed UTF-8. */
    String name(String what) {
        int start = at;
        long length = u32("the length of " + what);
        if (length > end - at) {
            throw error(
                    start,
                    "cut short: " + what + " is announced with " + length + " bytes, but only " + (end - at)
                            + " are left");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, at, (int) length);
        at += (int) length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModuleException(file, in.position(), "malformed: " + what + " is ill-formed UTF-8", e);
        }
    }

    /** Returns a reader of the next bytes and moves past them. */
    BinaryReader slice(int start, String what, long length) {
        if (length > end - at) {
            throw error(
                    start, "cut short: " + what + " has " + length + " bytes, but only " + (end - at) + " are left");
        }
        at += (int) length;
        return new BinaryReader(file, bytes, at - (int) length, at, elements);
    }

    ModuleException error(int offset, String problem) {
        return new ModuleException(file, offset, problem, null);
    }

    ModuleException expected(int offset, String expected) {
        return error(offset, String.format("malformed: 0x%02x is not %s", bytes[offset], expected));
    }

    private ModuleException cutShort(int offset, String expected) {
        return error(
                offset,
                "cut short: " + expected + " was expected, "
                        + (end == bytes.length ? "the file ends" : "its section or component ends"));
    }
}
