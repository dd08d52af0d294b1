package dev.airlock.memory;

import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.ValueException;
import dev.airlock.memory.linear.LinearMemory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Access to a memory by 64-bit offsets, which reach all of any memory: those with 64-bit addresses (core specification, section
 * 4.2.9), and those of more than 2 GiB.
 */
public abstract sealed class LongOffsets permits Memory {
    private final LinearMemory linear;

    LongOffsets(LinearMemory linear) {
        this.linear = linear;
    }

    private void check(long offset, long length) {
        if (length < 0 || offset < 0 || offset > linear.size() - length) {
            throw new MemoryAccessException(offset, length, linear.size());
        }
    }

    private long from(long offset, long length) {
        check(offset, length);
        linear.wasRead(length);
        return offset;
    }

    private long into(long offset, long length) {
        check(offset, length);
        linear.wasWritten(length);
        return offset;
    }

    /**
     * Copies bytes out into a new array.
     *
     * @param offset the offset in the memory, in bytes
     * @param length the number of bytes, at least 0
     * @return a new array
     */
    public byte[] read(long offset, int length) {
        check(offset, length);
        byte[] copy = new byte[length];
        read(offset, copy, 0, length);
        return copy;
    }

    /**
     * Copies bytes out into part of an array.
     *
     * @param offset the offset in the memory, in bytes
     * @param dst the array to write to
     * @param dstOffset where to write in the array
     * @param length the number of bytes
     */
    public void read(long offset, byte[] dst, int dstOffset, int length) {
        Objects.checkFromIndexSize(dstOffset, length, dst.length);
        linear.read(from(offset, length), dst, dstOffset, length);
    }

    /**
     * Copies all of an array in.
     *
     * @param offset the offset in the memory, in bytes
     * @param src the array to read from
     */
    public void write(long offset, byte[] src) {
        write(offset, src, 0, src.length);
    }

    /**
     * Copies part of an array in.
     *
     * @param offset the offset in the memory, in bytes
     * @param src the array to read from
     * @param srcOffset where to read in the array
     * @param length the number of bytes
     */
    public void write(long offset, byte[] src, int srcOffset, int length) {
        Objects.checkFromIndexSize(srcOffset, length, src.length);
        linear.write(into(offset, length), src, srcOffset, length);
    }

    /**
     * One byte, signed.
     *
     * @param offset the offset in the memory, in bytes
     * @return one byte, signed
     */
    public byte readByte(long offset) {
        return (byte) linear.load8(from(offset, 1), 0);
    }

    /**
     * Two bytes, signed.
     *
     * @param offset the offset in the memory, in bytes
     * @return the value of the two bytes at the offset, least significant byte first
     */
    public short readShort(long offset) {
        return (short) linear.load16(from(offset, 2), 0);
    }

    /**
     * Four bytes: an {@code i32}.
     *
     * @param offset the offset in the memory, in bytes
     * @return the value of the four bytes at the offset, least significant byte first
     */
    public int readInt(long offset) {
        return linear.load32(from(offset, 4), 0);
    }

    /**
     * Eight bytes: an {@code i64}, or another offset.
     *
     * @param offset the offset in the memory, in bytes
     * @return the value of the eight bytes at the offset, least significant byte first
     */
    public long readLong(long offset) {
        return linear.load64(from(offset, 8), 0);
    }

    /**
     * Four bytes: an {@code f32}.
     *
     * @param offset the offset in the memory, in bytes
     * @return the value of the four bytes at the offset, least significant byte first
     */
    public float readFloat(long offset) {
        return Float.intBitsToFloat(readInt(offset));
    }

    /**
     * Eight bytes: an {@code f64}.
     *
     * @param offset the offset in the memory, in bytes
     * @return the value of the eight bytes at the offset, least significant byte first
     */
    public double readDouble(long offset) {
        return Double.longBitsToDouble(readLong(offset));
    }

    /**
     * One byte.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeByte(long offset, byte value) {
        linear.store8(into(offset, 1), 0, value);
    }

    /**
     * Two bytes, least significant byte first.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeShort(long offset, short value) {
        linear.store16(into(offset, 2), 0, value);
    }

    /**
     * Four bytes, least significant byte first.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeInt(long offset, int value) {
        linear.store32(into(offset, 4), 0, value);
    }

    /**
     * Eight bytes, least significant byte first.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeLong(long offset, long value) {
        linear.store64(into(offset, 8), 0, value);
    }

    /**
     * Four bytes: an {@code f32}.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeFloat(long offset, float value) {
        writeInt(offset, Float.floatToRawIntBits(value));
    }

    /**
     * Eight bytes: an {@code f64}.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     */
    public void writeDouble(long offset, double value) {
        writeLong(offset, Double.doubleToRawLongBits(value));
    }

    /**
     * Decodes UTF-8, strictly.
     *
     * @param offset the offset in the memory, in bytes
     * @param length in bytes
     * @return the text
     * @throws ValueException if the bytes are not well-formed UTF-8; it gives the place of the first bad one in the range
     */
    public String readString(long offset, int length) {
        return Text.decode(read(offset, length), 0, length, 0, StandardCharsets.UTF_8);
    }

    /**
     * Encodes as UTF-8, strictly. No NUL follows.
     *
     * @param offset the offset in the memory, in bytes
     * @param value the value
     * @return how many bytes were written
     * @throws ValueException if the string has a surrogate without its other half; it gives its index
     */
    public int writeString(long offset, String value) {
        byte[] encoded = Text.encode(value, StandardCharsets.UTF_8);
        write(offset, encoded);
        return encoded.length;
    }

    /**
     * Sets each byte of a range.
     *
     * @param offset the offset in the memory, in bytes
     * @param length the number of bytes, at least 0
     * @param value the value
     */
    public void fill(long offset, long length, byte value) {
        linear.fill(into(offset, length), value, length);
    }

    /**
     * Copies within the memory. The ranges may overlap.
     *
     * @param dst where to, in bytes
     * @param src where from, in bytes
     * @param length the number of bytes, at least 0
     */
    public void copy(long dst, long src, long length) {
        check(src, length);
        linear.copy(into(dst, length), linear, src, length);
    }
}
