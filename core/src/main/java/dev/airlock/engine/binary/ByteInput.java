package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a part of a module's bytes (core specification, sections 5.1 and 5.2). Every error names its byte. */
public final class ByteInput {
    /** Interrupts are looked for once for so many items and one more. */
    private static final int CHECKED = 0x3FFF;

    private final String name;
    private final byte[] bytes;
    private int end;
    private int at;

    public ByteInput(String name, byte[] bytes, int from, int end) {
        this.name = name;
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Returns the offset of the next byte in the module. */
    public int at() {
        return at;
    }

    public int end() {
        return end;
    }

    public boolean hasMore() {
        return at < end;
    }

    public int left() {
        return end - at;
    }

    public byte[] bytes() {
        return bytes;
    }

    public ModuleException error(int offset, String problem) {
        return new ModuleException(name, offset, problem, null);
    }

    private ModuleException cutShort() {
        return error(at, "cut short: unexpected end");
    }

    /** Sets where reading ends from now on. */
    void limit(int newEnd) {
        end = newEnd;
    }

    /**
     * Called for each of what there may be millions of, since compilation heeds interrupts.
     *
     * @param item how many there were before it
     * @throws ModuleException if this thread is interrupted; its status stays set
     */
    public void heed(int item) {
        if ((item & CHECKED) == CHECKED && Thread.currentThread().isInterrupted()) {
            throw error(at, "interrupted while it was compiled");
        }
    }

    /** Reads another range from now on. */
    public void range(int from, int newEnd) {
        at = from;
        end = newEnd;
    }

    public int u8() {
        if (at >= end) {
            throw cutShort();
        }
        return bytes[at++] & 0xFF;
    }

    public int peek() {
        if (at >= end) {
            throw cutShort();
        }
        return bytes[at] & 0xFF;
    }

    /** An unsigned number of 32 bits, in an int. */
    public int u32() {
        int start = at;
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        int value = first & 0x7F;
        for (int shift = 7; ; shift += 7) {
            int next = u8();
            if (shift == 28) {
                if (next >= 0x80) {
                    throw error(start, "integer representation too long");
                }
                if (next > 0x0F) {
                    throw error(start, "integer too large: more than 32 bits");
                }
                return value | next << 28;
            }
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** A count or an index, which no module has more of than fit into an int. */
    public int count(String what) {
        int start = at;
        int value = u32();
        if (value < 0) {
            throw error(start, "too many " + what + ": " + Integer.toUnsignedString(value));
        }
        return value;
    }

    public long u64() {
        int start = at;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            if (shift == 63) {
                if (next >= 0x80) {
                    throw error(start, "integer representation too long");
                }
                if (next > 1) {
                    throw error(start, "integer too large: more than 64 bits");
                }
                return value | (long) next << 63;
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    public int s32() {
        return (int) signed(32);
    }

    /** A signed number of 33 bits: a block type. */
    public long s33() {
        return signed(33);
    }

    public long s64() {
        return signed(64);
    }

    private long signed(int bits) {
        int start = at;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            int left = bits - shift;
            if (left < 7) {
                if (next >= 0x80) {
                    throw error(start, "integer representation too long");
                }
                // The bits beyond the number have to repeat its sign.
                int sign = (byte) (next << 1) >> left;
                if (sign != 0 && sign != -1) {
                    throw error(start, "integer too large: more than " + bits + " bits");
                }
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                int used = shift + 7;
                return used >= 64 ? value : value << 64 - used >> 64 - used;
            }
        }
    }

    public int fixed32() {
        if (left() < 4) {
            throw cutShort();
        }
        int value =
                (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
        at += 4;
        return value;
    }

    public long fixed64() {
        long low = fixed32() & 0xFFFF_FFFFL;
        return (long) fixed32() << 32 | low;
    }

    /** A name: UTF-8, well-formed. */
    public String name() {
        int start = at;
        int length = u32();
        if (length < 0 || length > left()) {
            throw error(
                    start,
                    "cut short: unexpected end: a name of " + Integer.toUnsignedString(length) + " bytes, but " + left()
                            + " are left");
        }
        ByteBuffer encoded = ByteBuffer.wrap(bytes, at, length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw error(encoded.position(), "malformed UTF-8 encoding in a name");
        }
    }

    /** Skips a number of bytes. Returns where they begin. */
    public int skip(int length, String what) {
        int start = at;
        if (length < 0 || length > left()) {
            throw error(
                    start,
                    "cut short: unexpected end: " + what + " of " + Integer.toUnsignedString(length) + " bytes, but "
                            + left() + " are left");
        }
        at += length;
        return start;
    }
}
