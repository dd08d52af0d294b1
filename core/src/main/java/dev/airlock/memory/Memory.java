package dev.airlock.memory;

import dev.airlock.error.LimitException;
import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.ValueException;
import dev.airlock.memory.linear.LinearMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A guest's linear memory, as the host sees it.
 *
 * <pre>{@code
 * Memory memory = instance.memory();
 * int offset = allocate.applyAsInt(bytes.length); // by the guest's own allocator
 * memory.write(offset, bytes);
 * long total = memory.readUnsignedInt(offset);
 * String text = memory.readString(offset, bytes.length); // UTF-8, strictly
 * }</pre>
 *
 * <p>An offset is an index into the guest's linear memory, and never an address in the host. As a Java {@code int} it is unsigned
 * 32-bit, carried as bits, and lengths and counts are unsigned as well; such methods are for memories that lie in one array. For a
 * memory in pieces they throw a {@link dev.airlock.error.SignatureException}. As a Java {@code long} an offset reaches all of any
 * memory. docs/LIMITS.md says which memories lie in one array. Numbers are little-endian, at any alignment. An access
 * that reaches outside of the memory throws {@link MemoryAccessException} and changes nothing.
 *
 * <p>The guest owns the memory: it may change or grow it whenever it runs; a memory never shrinks. Methods that read return a
 * copy, which the caller owns. A {@code Memory}, and streams that come from it, remain valid when the guest grows it.
 *
 * <p>One thread at a time may use a memory that is not {@linkplain #isShared() shared}, like its instance.
 */
public final class Memory extends LongOffsets {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final LinearMemory linear;

    /**
     * For the engine: the host's view of a memory that a guest has.
     *
     * @param linear the memory that the engine uses
     */
    public Memory(LinearMemory linear) {
        super(linear);
        this.linear = linear;
    }

    /**
     * Returns a new memory, all zero, for guests to import.
     *
     * @param initialPages its size, in pages of 65,536 bytes; from 32,768 pages on it lies in pieces, which are slower
     * @param maximumPages how far it may grow; {@link dev.airlock.type.MemoryType#NO_MAXIMUM} for no maximum of its own. A memory
     *     of an initial size below 32,768 pages grows to 32,767 at most
     * @return a new memory, all zero, for guests to import
     * @throws LimitException if the initial size is over what the Java heap has
     * @throws IllegalArgumentException if the maximum is less than the initial size
     */
    public static Memory create(int initialPages, long maximumPages) {
        return new Memory(LinearMemory.create(initialPages, (int) Math.min(maximumPages, 65_536), false));
    }

    /**
     * Returns a new memory, all zero, which several threads may use at once (threads proposal). All that it may grow to is taken
     * from the Java heap now, or as much of that as the heap has.
     *
     * @param initialPages the size at first, in pages of 64 KiB
     * @param maximumPages the largest size, in pages of 64 KiB
     * @return a new memory, all zero, which several threads may use at once (threads proposal)
     * @throws LimitException if the initial size is over 32,767 pages or over what the Java heap has
     */
    public static Memory createShared(int initialPages, int maximumPages) {
        return new Memory(LinearMemory.create(initialPages, maximumPages, true));
    }

    /**
     * For the engine: the memory that guests run on.
     *
     * @return the memory that the engine uses
     */
    public LinearMemory linear() {
        return linear;
    }

    /** {@return the size in pages: of 65,536 bytes, or of one byte if the memory's type says so} */
    public int size() {
        return (int) linear.pages();
    }

    /** {@return the size in bytes} */
    public long dataSize() {
        return linear.size();
    }

    /**
     * Returns how many pages it may grow to: its declared maximum, or what Airlock can hold if that is less; for a 32-bit memory
     * that began below 2 GiB this is 32,767.
     *
     * @return the number of pages
     */
    public int maximumPages() {
        return (int) linear.maximumPages();
    }

    /** {@return whether several threads may use it at once} */
    public boolean isShared() {
        return linear.shared();
    }

    /**
     * Adds pages, all zero.
     *
     * @param deltaPages how many, unsigned
     * @return the size before, in pages
     * @throws LimitException if its maximum or the limits of its guest are lower, or the Java heap has no room; the memory is
     *     as it was
     */
    public int grow(int deltaPages) {
        int before = (int) linear.grow(Integer.toUnsignedLong(deltaPages));
        if (before < 0) {
            throw linear.refusal(size() + Integer.toUnsignedLong(deltaPages));
        }
        return before;
    }

    /** Returns the offset again, as an index into the array that {@link LinearMemory#bytes()} gives after this. */
    private int at(int offset, long length) {
        if (Integer.toUnsignedLong(offset) + length > linear.size()) {
            throw new MemoryAccessException(Integer.toUnsignedLong(offset), length, linear.size());
        }
        return offset;
    }

    private int range(int offset, int length) {
        return at(offset, Integer.toUnsignedLong(length));
    }

    /** Returns the index of a range that is read. */
    private int from(int offset, long length) {
        int from = at(offset, length);
        linear.wasRead(length);
        return from;
    }

    /** Returns the index of a range that is written. */
    private int into(int offset, long length) {
        int into = at(offset, length);
        linear.wasWritten(length);
        return into;
    }

    /**
     * Copies bytes out into a new array.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @return a new array
     */
    public byte[] read(int offset, int length) {
        int from = from(offset, Integer.toUnsignedLong(length));
        return Arrays.copyOfRange(linear.bytes(), from, from + length);
    }

    /**
     * Copies bytes out until the array is full.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param dst the array to write to
     */
    public void read(int offset, byte[] dst) {
        read(offset, dst, 0, dst.length);
    }

    /**
     * Copies bytes out into part of an array.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param dst the array to write to
     * @param dstOffset where to write in the array
     * @param length the number of bytes
     */
    public void read(int offset, byte[] dst, int dstOffset, int length) {
        Objects.checkFromIndexSize(dstOffset, length, dst.length);
        System.arraycopy(linear.bytes(), from(offset, length), dst, dstOffset, length);
    }

    /**
     * Copies bytes out until the buffer has none {@linkplain ByteBuffer#remaining() remaining}.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param dst the array to write to
     */
    public void read(int offset, ByteBuffer dst) {
        int length = dst.remaining();
        dst.put(linear.bytes(), from(offset, length), length);
    }

    /**
     * Copies all of an array in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void write(int offset, byte[] src) {
        write(offset, src, 0, src.length);
    }

    /**
     * Copies part of an array in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     * @param srcOffset where to read in the array
     * @param length the number of bytes
     */
    public void write(int offset, byte[] src, int srcOffset, int length) {
        Objects.checkFromIndexSize(srcOffset, length, src.length);
        int to = into(offset, length);
        System.arraycopy(src, srcOffset, linear.toWrite(to, length), to, length);
    }

    /**
     * Copies in what the buffer has {@linkplain ByteBuffer#remaining() remaining}.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void write(int offset, ByteBuffer src) {
        int length = src.remaining();
        int to = into(offset, length);
        src.get(linear.toWrite(to, length), to, length);
    }

    /**
     * One byte, signed.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return one byte, signed
     */
    public byte readByte(int offset) {
        return linear.bytes()[from(offset, 1)];
    }

    /**
     * One byte, 0 to 255.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return one byte, 0 to 255
     */
    public int readUnsignedByte(int offset) {
        return readByte(offset) & 0xFF;
    }

    /**
     * Two bytes, signed.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value of the two bytes at the offset, least significant byte first
     */
    public short readShort(int offset) {
        return (short) SHORTS.get(linear.bytes(), from(offset, 2));
    }

    /**
     * Two bytes, 0 to 65,535.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value, 0 to 65,535
     */
    public int readUnsignedShort(int offset) {
        return readShort(offset) & 0xFFFF;
    }

    /**
     * Four bytes: an {@code i32}, or another offset.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value of the four bytes at the offset, least significant byte first
     */
    public int readInt(int offset) {
        return (int) INTS.get(linear.bytes(), from(offset, 4));
    }

    /**
     * Four bytes, 0 to 2^32 - 1.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value, 0 to 2^32 - 1
     */
    public long readUnsignedInt(int offset) {
        return Integer.toUnsignedLong(readInt(offset));
    }

    /**
     * Eight bytes: an {@code i64}.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value of the eight bytes at the offset, least significant byte first
     */
    public long readLong(int offset) {
        return (long) LONGS.get(linear.bytes(), from(offset, 8));
    }

    /**
     * Four bytes: an {@code f32}.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value of the four bytes at the offset, least significant byte first
     */
    public float readFloat(int offset) {
        return Float.intBitsToFloat(readInt(offset));
    }

    /**
     * Eight bytes: an {@code f64}.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the value of the eight bytes at the offset, least significant byte first
     */
    public double readDouble(int offset) {
        return Double.longBitsToDouble(readLong(offset));
    }

    /**
     * One byte.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeByte(int offset, byte value) {
        linear.toWrite(into(offset, 1), 1)[offset] = value;
    }

    /**
     * Two bytes.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeShort(int offset, short value) {
        SHORTS.set(linear.toWrite(into(offset, 2), 2), offset, value);
    }

    /**
     * Four bytes.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeInt(int offset, int value) {
        INTS.set(linear.toWrite(into(offset, 4), 4), offset, value);
    }

    /**
     * Eight bytes.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeLong(int offset, long value) {
        LONGS.set(linear.toWrite(into(offset, 8), 8), offset, value);
    }

    /**
     * Writes the bits as they are, a NaN's too.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeFloat(int offset, float value) {
        writeInt(offset, Float.floatToRawIntBits(value));
    }

    /**
     * Writes the bits as they are, a NaN's too.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     */
    public void writeDouble(int offset, double value) {
        writeLong(offset, Double.doubleToRawLongBits(value));
    }

    private ByteBuffer elementsFrom(int offset, int count, int width) {
        long length = Integer.toUnsignedLong(count) * width;
        return ByteBuffer.wrap(linear.bytes(), from(offset, length), (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer elementsToWrite(int offset, int count, int width) {
        long length = Integer.toUnsignedLong(count) * width;
        int from = into(offset, length);
        return ByteBuffer.wrap(linear.toWrite(from, (int) length), from, (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Copies short values out into a new array. The length in bytes is the count times 2.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param count the number of elements
     * @return a new array
     */
    public short[] readShorts(int offset, int count) {
        var source = elementsFrom(offset, count, Short.BYTES).asShortBuffer();
        short[] values = new short[count];
        source.get(values);
        return values;
    }

    /**
     * Copies short values in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void writeShorts(int offset, short[] src) {
        elementsToWrite(offset, src.length, Short.BYTES).asShortBuffer().put(src);
    }

    /**
     * Copies int values out into a new array. The length in bytes is the count times 4.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param count the number of elements
     * @return a new array
     */
    public int[] readInts(int offset, int count) {
        var source = elementsFrom(offset, count, Integer.BYTES).asIntBuffer();
        int[] values = new int[count];
        source.get(values);
        return values;
    }

    /**
     * Copies int values in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void writeInts(int offset, int[] src) {
        elementsToWrite(offset, src.length, Integer.BYTES).asIntBuffer().put(src);
    }

    /**
     * Copies long values out into a new array. The length in bytes is the count times 8.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param count the number of elements
     * @return a new array
     */
    public long[] readLongs(int offset, int count) {
        var source = elementsFrom(offset, count, Long.BYTES).asLongBuffer();
        long[] values = new long[count];
        source.get(values);
        return values;
    }

    /**
     * Copies long values in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void writeLongs(int offset, long[] src) {
        elementsToWrite(offset, src.length, Long.BYTES).asLongBuffer().put(src);
    }

    /**
     * Copies float values out into a new array. The length in bytes is the count times 4.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param count the number of elements
     * @return a new array
     */
    public float[] readFloats(int offset, int count) {
        var source = elementsFrom(offset, count, Float.BYTES).asFloatBuffer();
        float[] values = new float[count];
        source.get(values);
        return values;
    }

    /**
     * Copies float values in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void writeFloats(int offset, float[] src) {
        elementsToWrite(offset, src.length, Float.BYTES).asFloatBuffer().put(src);
    }

    /**
     * Copies double values out into a new array. The length in bytes is the count times 8.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param count the number of elements
     * @return a new array
     */
    public double[] readDoubles(int offset, int count) {
        var source = elementsFrom(offset, count, Double.BYTES).asDoubleBuffer();
        double[] values = new double[count];
        source.get(values);
        return values;
    }

    /**
     * Copies double values in.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param src the array to read from
     */
    public void writeDoubles(int offset, double[] src) {
        elementsToWrite(offset, src.length, Double.BYTES).asDoubleBuffer().put(src);
    }

    /**
     * Decodes UTF-8, strictly.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length in bytes
     * @return the text
     * @throws ValueException if the bytes are not well-formed UTF-8; it gives the offset of the first bad one
     */
    public String readString(int offset, int length) {
        return readString(offset, length, StandardCharsets.UTF_8);
    }

    /**
     * Decodes strictly.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length in bytes
     * @param charset the charset of the text
     * @return the text
     * @throws ValueException if the bytes are ill-formed in that charset; it gives the offset of the first bad one
     */
    public String readString(int offset, int length, Charset charset) {
        if (!isShared()) {
            int from = from(offset, Integer.toUnsignedLong(length));
            return Text.decode(linear.bytes(), from, length, 0, charset);
        }
        // Another thread may write while this one decodes, and decoders look at a byte more than once.
        return Text.decode(read(offset, length), 0, length, offset, charset);
    }

    /**
     * Decodes UTF-8 up to the first NUL byte, strictly.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return the text, without the NUL byte
     * @throws ValueException if there is no NUL before the end of the memory, or the bytes are not well-formed
     */
    public String readCString(int offset) {
        return readCString(offset, -1);
    }

    /**
     * Decodes UTF-8 up to the first NUL byte, strictly.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param maximumLength how many bytes there may be before the NUL, unsigned
     * @return the text, without the NUL byte
     * @throws ValueException if there is no NUL among the bytes that may be looked at, or the bytes before it are not
     *     well-formed
     */
    public String readCString(int offset, int maximumLength) {
        int from = at(offset, 1);
        long end = Math.min(linear.size(), from + Integer.toUnsignedLong(maximumLength) + 1);
        return readString(offset, Text.lengthToNul(linear.bytes(), from, (int) end, (int) linear.size()));
    }

    /**
     * Encodes as UTF-8, strictly. No NUL follows.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     * @return how many bytes were written
     * @throws ValueException if the string has a surrogate without its other half; it gives its index
     */
    public int writeString(int offset, String value) {
        return writeString(offset, value, StandardCharsets.UTF_8);
    }

    /**
     * Encodes strictly. No NUL follows.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param value the value
     * @param charset the charset of the text
     * @return how many bytes were written
     * @throws ValueException if the charset cannot carry a character of the string; it gives its index
     */
    public int writeString(int offset, String value, Charset charset) {
        byte[] encoded = Text.encode(value, charset);
        write(offset, encoded);
        return encoded.length;
    }

    /**
     * Reads a range. Each read sees the memory as it is then, also after it has grown. The stream need not be closed.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @return a stream that reads the range
     */
    public InputStream inputStream(int offset, int length) {
        int from = from(offset, Integer.toUnsignedLong(length));
        return new RangeInputStream(linear, from, from + length);
    }

    /**
     * Writes a range from its start; an {@link IOException} where more is written than it holds. Need not be closed.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @return a stream that writes the range
     */
    public OutputStream outputStream(int offset, int length) {
        int from = into(offset, Integer.toUnsignedLong(length));
        return new RangeOutputStream(linear, from, from + length);
    }

    /**
     * Writes bytes to a stream, with no array between; the stream must not keep the array that it is handed.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @param out the stream, which the caller closes
     * @throws IOException if the stream fails
     */
    public void writeTo(int offset, int length, OutputStream out) throws IOException {
        out.write(linear.bytes(), from(offset, Integer.toUnsignedLong(length)), length);
    }

    /**
     * Reads from a stream until it ends or the range is full, with no array between.
     *
     * @param in the stream, which the caller closes
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @return how many bytes were read, unsigned: less than the length only where the stream ended
     * @throws IOException if the stream fails
     */
    public int readFrom(InputStream in, int offset, int length) throws IOException {
        int from = into(offset, Integer.toUnsignedLong(length));
        return RangeOutputStream.fill(linear, from, length, in);
    }

    /**
     * Sets each byte of a range.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @param value the value
     */
    public void fill(int offset, int length, byte value) {
        int from = into(offset, Integer.toUnsignedLong(length));
        Arrays.fill(linear.toWrite(from, length), from, from + length, value);
    }

    /**
     * Copies within the memory. The ranges may overlap.
     *
     * @param dst the array to write to
     * @param src the array to read from
     * @param length the number of bytes
     */
    public void copy(int dst, int src, int length) {
        int from = range(src, length);
        int to = range(dst, length);
        System.arraycopy(linear.bytes(), from, linear.toWrite(to, length), to, length);
    }

    @Override
    public String toString() {
        return "memory of " + size() + (size() == 1 ? " page" : " pages") + (isShared() ? ", shared" : "");
    }
}
