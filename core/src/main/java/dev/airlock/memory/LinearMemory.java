package dev.airlock.memory;

import dev.airlock.error.LimitException;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.wasm.types.DataSegment;

/**
 * A linear memory as the engine sees it (core specification, sections 4.2.8 and 4.4.7): what a guest's loads and stores
 * run on. Public for the engine and the doors of WASI only; a host takes {@link Memory}.
 *
 * <p>All bytes lie in one array, whose own bounds check is the only one that a load or store makes. Where the array is
 * longer than the memory (see {@link Extent}) the offset is compared with the limit before: on JDK 25 that cost
 * a matrix product a tenth of its time, and a sieve nothing. What is out of bounds throws Endive's {@link
 * TrapException}, for the engine to translate.
 *
 * <p>A memory that is not shared belongs to one thread at a time, like its instance. A shared one may be used by many:
 * plain accesses race as the threads proposal says, atomic ones do not, and growth is seen by all.
 */
public sealed class LinearMemory extends LenientStrings permits TrackedMemory {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    // Copies of what the extent says, one field access nearer to the code that needs them most. The limit may be out of
    // date, on the low side, when another thread has grown a shared memory.
    private byte[] bytes;
    private int limit;
    private boolean loose;

    private boolean untouched;
    private Segments segments = new Segments(new DataSegment[0]);

    /**
     * A memory that the host makes, with no limit but its maximum.
     *
     * @param initialPages the size at first, in pages of 64 KiB
     * @param declaredMaximumPages the largest size, in pages of 64 KiB
     * @param shared whether threads share it
     */
    public LinearMemory(int initialPages, int declaredMaximumPages, boolean shared) {
        this(initialPages, declaredMaximumPages, shared, Allowance.ofHost());
    }

    /**
     * @param initialPages the size, in pages of 65,536 bytes
     * @param declaredMaximumPages how far it may grow, or 65,536 if the module declares no maximum; what is over 32,767
     *     counts as 32,767
     * @param shared whether several threads may use it; then all that it may grow to is taken from the Java heap now, or
     *     as much of that as the heap has
     * @param allowance what its bytes are taken from
     * @throws LimitException if the initial size is over what the allowance or the heap has, or over 32,767 pages
     */
    public LinearMemory(int initialPages, int declaredMaximumPages, boolean shared, Allowance allowance) {
        this(new Extent(initialPages, declaredMaximumPages, shared, allowance), true);
    }

    LinearMemory(Extent extent, boolean untouched) {
        super(extent);
        this.untouched = untouched;
        this.bytes = extent.bytes();
        this.limit = extent.size();
        this.loose = extent.isLoose();
        extent.register(this);
    }

    /**
     * Another handle on this memory, for one more instance that imports it.
     *
     * <p>Endive tells a memory the data segments of each instance that has it, and then names a segment by number alone
     * ({@code memory.init}), so that two instances with one handle would take each other's segments. Give each its own.
     *
     * @return the new linear memory
     */
    public LinearMemory alias() {
        return new LinearMemory(extent, false);
    }

    /**
     * Who counts what the host reads and writes here, if anybody does.
     *
     * @return what counts the bytes that the host reads and writes here; null if nothing does
     */
    public @Nullable Traffic traffic() {
        return extent.traffic;
    }

    /**
     * For the engine: sets what counts, or that nothing does.
     *
     * @param counted counts the bytes
     */
    public void traffic(@Nullable Traffic counted) {
        extent.traffic = counted;
    }

    /**
     * Called by everything that reads on behalf of the host. Costs nothing while no recording is on.
     *
     * @param bytes the number of bytes
     */
    public void wasRead(long bytes) {
        if (FlightEvents.recordsCrossings() && extent.traffic != null) {
            extent.traffic.out(bytes);
        }
    }

    /**
     * The same for what is written.
     *
     * @param bytes the number of bytes
     */
    public void wasWritten(long bytes) {
        if (FlightEvents.recordsCrossings() && extent.traffic != null) {
            extent.traffic.in(bytes);
        }
    }

    /** Called when the memory has grown, by whichever handle the memory grew through. */
    void moved() {
        bytes = extent.bytes();
        limit = extent.size();
        loose = extent.isLoose();
    }

    /**
     * Returns the array as it is now, to be read: the first {@link #size()} bytes are the memory. Growth may replace it. Who writes
     * into it asks for it by {@link #toWrite}.
     *
     * @return the array as it is now, to be read
     */
    public final byte[] bytes() {
        return bytes;
    }

    /**
     * Returns the array as it is now, for some bytes of it to be written. There is no other way for a host to write: a memory that
     * goes back to what it was, between one call and the next, has to know of every byte that may have changed.
     *
     * @param offset of a range that lies within the memory
     * @param length in bytes
     * @return the array as it is now, for some bytes of it to be written
     */
    public final byte[] toWrite(int offset, int length) {
        written(offset, length);
        return bytes;
    }

    /**
     * Returns how many bytes of it a way back to its image would put back; 0 for a memory that has none.
     *
     * @return how many bytes of it a way back to its image would put back
     */
    public long changedBytes() {
        return 0;
    }

    /** Called before a range within the memory is written, except by the guest's own stores of single numbers. */
    void written(int offset, int length) {}

    /**
     * Returns how many bytes of the array are the memory; never less than before while a call lasts.
     *
     * @return how many bytes of the array are the memory
     */
    public final int size() {
        return extent.size();
    }

    @Override
    public int pages() {
        return extent.pages();
    }

    /**
     * @param deltaPages by how many pages, unsigned
     * @return the size before, in pages; -1 if that is more than the maximum or the allowance, or than the Java heap has room
     *     for
     * @throws LimitException if it is more than the allowance, and the guest is to end then
     */
    @Override
    public int grow(int deltaPages) {
        return extent.grow(deltaPages);
    }

    LimitException refusal(long askedPages) {
        return extent.refusal(askedPages);
    }

    /**
     * What its bytes are taken from.
     *
     * @return what its bytes are taken from
     */
    public Allowance allowance() {
        return extent.allowance;
    }

    @Override
    public int initialPages() {
        return extent.initialPages;
    }

    /** Never over 32,767, which is how Endive counts "no maximum" when it checks an import. */
    @Override
    public int maximumPages() {
        return extent.maximumPages;
    }

    @Override
    public boolean shared() {
        return extent.shared;
    }

    @Override
    void checkRange(int offset, int length) {
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(length) > extent.size()) {
            throw outOfBounds(offset, length);
        }
    }

    private void beyondLimit(int addr, int width) {
        limit = extent.size();
        checkRange(addr, width);
    }

    private TrapException outOfBounds(int offset, int length) {
        return new TrapException("out of bounds memory access: offset " + Integer.toUnsignedString(offset) + ", length "
                + Integer.toUnsignedString(length) + ", but the memory has " + extent.size() + " bytes");
    }

    @Override
    public byte read(int addr) {
        if (loose && addr > limit - 1) {
            beyondLimit(addr, 1);
        }
        try {
            return bytes[addr];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 1);
        }
    }

    @Override
    public short readShort(int addr) {
        if (loose && addr > limit - 2) {
            beyondLimit(addr, 2);
        }
        try {
            return (short) SHORTS.get(bytes, addr);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 2);
        }
    }

    @Override
    public int readInt(int addr) {
        if (loose && addr > limit - 4) {
            beyondLimit(addr, 4);
        }
        try {
            return (int) INTS.get(bytes, addr);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 4);
        }
    }

    @Override
    public long readLong(int addr) {
        if (loose && addr > limit - 8) {
            beyondLimit(addr, 8);
        }
        try {
            return (long) LONGS.get(bytes, addr);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 8);
        }
    }

    @Override
    public float readFloat(int addr) {
        if (loose && addr > limit - 4) {
            beyondLimit(addr, 4);
        }
        try {
            return (float) FLOATS.get(bytes, addr);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 4);
        }
    }

    @Override
    public double readDouble(int addr) {
        if (loose && addr > limit - 8) {
            beyondLimit(addr, 8);
        }
        try {
            return (double) DOUBLES.get(bytes, addr);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 8);
        }
    }

    @Override
    public void writeByte(int addr, byte data) {
        if (loose && addr > limit - 1) {
            beyondLimit(addr, 1);
        }
        try {
            bytes[addr] = data;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 1);
        }
    }

    @Override
    public void writeShort(int addr, short data) {
        if (loose && addr > limit - 2) {
            beyondLimit(addr, 2);
        }
        try {
            SHORTS.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 2);
        }
    }

    @Override
    public void writeI32(int addr, int data) {
        if (loose && addr > limit - 4) {
            beyondLimit(addr, 4);
        }
        try {
            INTS.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 4);
        }
    }

    @Override
    public void writeLong(int addr, long data) {
        if (loose && addr > limit - 8) {
            beyondLimit(addr, 8);
        }
        try {
            LONGS.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 8);
        }
    }

    @Override
    public void writeF32(int addr, float data) {
        if (loose && addr > limit - 4) {
            beyondLimit(addr, 4);
        }
        try {
            FLOATS.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 4);
        }
    }

    @Override
    public void writeF64(int addr, double data) {
        if (loose && addr > limit - 8) {
            beyondLimit(addr, 8);
        }
        try {
            DOUBLES.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(addr, 8);
        }
    }

    @Override
    public byte[] readBytes(int addr, int len) {
        checkRange(addr, len);
        return Arrays.copyOfRange(bytes, addr, addr + len);
    }

    @Override
    public void write(int addr, byte[] data) {
        write(addr, data, 0, data.length);
    }

    @Override
    public void write(int addr, byte[] data, int offset, int size) {
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size) > data.length) {
            throw new TrapException("out of bounds memory access: offset " + Integer.toUnsignedString(offset)
                    + ", length " + Integer.toUnsignedString(size) + ", but the data has " + data.length + " bytes");
        }
        checkRange(addr, size);
        Bulk.copy(data, offset, toWrite(addr, size), addr, size);
    }

    /** Overlap does no harm. */
    @Override
    public void copy(int dest, int src, int size) {
        checkRange(dest, size);
        checkRange(src, size);
        Bulk.copy(bytes, src, toWrite(dest, size), dest, size);
    }

    /**
     * @param toIndex where to stop, which Endive reckons as the sum of offset and length, cut to 32 bits: the length is
     *     the difference, cut the same way, and nothing is lost
     */
    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        int length = toIndex - fromIndex;
        checkRange(fromIndex, length);
        Bulk.fill(toWrite(fromIndex, length), fromIndex, length, value);
    }

    /** Endive calls this once on each memory that it has had made for an instance, before any other code has it. */
    @Override
    public void zero() {
        if (!untouched) {
            Arrays.fill(toWrite(0, size()), 0, size(), (byte) 0);
        }
        untouched = false;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment @Nullable [] dataSegments, int memoryIndex) {
        segments = new Segments(dataSegments == null ? new DataSegment[0] : dataSegments);
        segments.copyActive(this, instance, memoryIndex);
    }

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        write(dest, segments.data(segmentId), offset, size);
    }

    Segments segments() {
        return segments;
    }

    @Override
    public void drop(int segment) {
        segments.drop(segment);
    }

    @Override
    public String toString() {
        return "linear memory of " + pages() + " pages";
    }
}
