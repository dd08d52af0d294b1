package dev.airlock.memory.linear;

import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A linear memory (core specification, section 4.2.8). Public for generated code and for the library itself; hosts use
 * {@code dev.airlock.memory.Memory}.
 *
 * <p>Most are a {@link FlatMemory}: one array, which generated code accesses directly. Larger ones are a
 * {@link SegmentedMemory}. Code that does not know which it has calls the accessors here. Their addresses are the sum of a base
 * and an offset, both unsigned numbers of 64 bits; what is out of bounds is a {@link GuestTrap}.
 *
 * <p>A memory that is not shared belongs to one thread at a time, like its instance. A shared one may be used by many: plain
 * accesses race as the threads proposal says, atomic ones do not, and all threads see growth.
 */
public abstract sealed class LinearMemory permits FlatMemory, SegmentedMemory {
    static final byte[] NOTHING = {};

    /**
     * The bytes of a flat memory, and maybe more; else empty. Growth replaces it. To write, call {@link #toWrite} first unless
     * {@link #marks} are set otherwise.
     */
    public byte[] bytes = NOTHING;

    /** How many of the bytes are the memory. May be too low for a moment if another thread has grown a shared memory. */
    public int limit;

    /** Marks what is written to a memory that goes back to an image; null for all others. */
    public @Nullable WriteMarks marks;

    final MemoryLimits type;
    final Allowance allowance;
    private @Nullable Traffic traffic;

    LinearMemory(MemoryLimits type, Allowance allowance) {
        this.type = type;
        this.allowance = allowance;
    }

    /**
     * Makes a memory, all zero.
     *
     * @param allowance what its bytes are taken from
     * @throws LimitException if the minimum is more than the allowance or the heap has
     */
    public static LinearMemory of(MemoryLimits type, Allowance allowance) {
        return type.isFlat() ? FlatMemory.make(type, allowance) : SegmentedMemory.make(type, allowance);
    }

    /** Makes a memory of the host, with 32-bit addresses, with no limit but its maximum; see {@code Memory.create}. */
    public static LinearMemory create(int initialPages, int maximumPages, boolean shared) {
        return of(initialPages, maximumPages, shared, Allowance.ofHost());
    }

    /** Makes a memory with 32-bit addresses and pages of 64 KiB. */
    public static LinearMemory of(int initialPages, int maximumPages, boolean shared, Allowance allowance) {
        if (initialPages < 0 || maximumPages < initialPages || maximumPages > 65_536) {
            throw new IllegalArgumentException("a memory of " + initialPages + " to " + maximumPages
                    + " pages: the maximum must not be less than the initial size or more than 65536");
        }
        return of(new MemoryLimits(initialPages, maximumPages, MemoryLimits.PAGE_SHIFT, false, shared), allowance);
    }

    /** Returns its type as declared; the minimum is the size that it was made with. */
    public final MemoryLimits type() {
        return type;
    }

    /** Returns the size in bytes; never less than before while a call lasts. */
    public abstract long size();

    /** Returns the size in pages. */
    public final long pages() {
        return size() >>> type.pageShift();
    }

    /** Returns how many pages it may grow to. */
    public abstract long maximumPages();

    /** Returns whether {@link #bytes} holds the memory. */
    public final boolean isFlat() {
        return this instanceof FlatMemory;
    }

    public final boolean shared() {
        return type.shared();
    }

    public final Allowance allowance() {
        return allowance;
    }

    /**
     * Grows the memory.
     *
     * @param deltaPages unsigned
     * @return the size before, in pages; -1 if the maximum, the allowance or the heap refuses
     * @throws LimitException if the allowance refuses and the guest is to end then
     */
    public abstract long grow(long deltaPages);

    /**
     * Makes {@link #bytes} as long as the memory from now on, however it grows, for code that relies on it: the memory was just made
     * and is not shared. For modules without {@code memory.grow}, since growth copies all of it each time.
     */
    public void keepExact() {}

    /** Returns why it does not grow to so many pages. */
    public final LimitException refusal(long askedPages) {
        long most = maximumPages();
        if (Long.compareUnsigned(askedPages, most) > 0) {
            return new LimitException(LimitException.Kind.MEMORY, "pages of linear memory", most, askedPages);
        }
        long asked = askedPages << type.pageShift();
        long more = asked - size();
        return !shared() && more > allowance.memoryLeft() ? allowance.memoryRefusal(more) : heapExhausted(asked);
    }

    static LimitException heapExhausted(long asked) {
        return new LimitException("bytes of Java heap", Runtime.getRuntime().maxMemory(), asked);
    }

    // Accessors of generated code. Loads of less than 32 bits are signed.

    public abstract int load8(long base, long offset);

    public abstract int load16(long base, long offset);

    public abstract int load32(long base, long offset);

    public abstract long load64(long base, long offset);

    public abstract void store8(long base, long offset, int value);

    public abstract void store16(long base, long offset, int value);

    public abstract void store32(long base, long offset, int value);

    public abstract void store64(long base, long offset, long value);

    public final float loadFloat(long base, long offset) {
        return Float.intBitsToFloat(load32(base, offset));
    }

    public final double loadDouble(long base, long offset) {
        return Double.longBitsToDouble(load64(base, offset));
    }

    public final void storeFloat(long base, long offset, float value) {
        store32(base, offset, Float.floatToRawIntBits(value));
    }

    public final void storeDouble(long base, long offset, double value) {
        store64(base, offset, Double.doubleToRawLongBits(value));
    }

    /** Traps if a range of the guest's choosing is not within the memory. All numbers are unsigned. */
    final void checkRange(long from, long length) {
        long size = size();
        if ((from | length) < 0 || from > size || length > size - from) {
            throw outOfBounds(from, 0, length);
        }
    }

    final GuestTrap outOfBounds(long base, long offset, long length) {
        return GuestTrap.outOfBounds(unsigned(base).add(unsigned(offset)), unsigned(length), "memory", size());
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }

    /** {@code memory.fill}. Numbers are unsigned. */
    public abstract void fill(long to, int value, long length);

    /** {@code memory.copy} into this memory; the ranges may overlap. Numbers are unsigned. */
    public abstract void copy(long to, LinearMemory source, long from, long length);

    /** {@code memory.init}, and how active segments are copied. Numbers are unsigned. */
    public final void init(long to, byte[] data, long from, long length) {
        if ((from | length) < 0 || from > data.length || length > data.length - from) {
            throw GuestTrap.outOfBounds(unsigned(from), unsigned(length), "data segment", data.length);
        }
        checkRange(to, length);
        if (length > 0) {
            write(to, data, (int) from, (int) length);
        }
    }

    /** Copies out a range that is known to be within the memory. Checks for interrupts. */
    public abstract void read(long from, byte[] target, int to, int length);

    /** Copies into a range that is known to be within the memory. Checks for interrupts. */
    public abstract void write(long to, byte[] source, int from, int length);

    // What the library uses on behalf of hosts. Only flat memories carry values of components and of typed functions.

    /**
     * Returns the array of a flat memory as it is now, to be read: the first {@link #size()} bytes are the memory. Growth may
     * replace it. Writers call {@link #toWrite}.
     *
     * @throws SignatureException if no array holds the memory
     */
    public final byte[] bytes() {
        return isFlat() ? bytes : notFlat();
    }

    private static byte[] notFlat() {
        throw new SignatureException(
                "values do not pass through a memory with 64-bit addresses or of more than 2 GiB less a page");
    }

    /** Returns the array of a flat memory as it is now, for a range within the memory to be written. */
    public final byte[] toWrite(int offset, int length) {
        byte[] array = bytes();
        if (marks != null) {
            marks.mark(offset, length);
        }
        return array;
    }

    /** Returns how many bytes a way back to its image would put back; 0 if it was not made of one. */
    public abstract long changedBytes();

    // Numbers in ranges that are known to be within a flat memory.

    public final byte read(int at) {
        return bytes()[at];
    }

    public final short readShort(int at) {
        return (short) Views.SHORTS.get(bytes(), at);
    }

    public final int readInt(int at) {
        return (int) Views.INTS.get(bytes(), at);
    }

    public final long readLong(int at) {
        return (long) Views.LONGS.get(bytes(), at);
    }

    public final float readFloat(int at) {
        return Float.intBitsToFloat(readInt(at));
    }

    public final double readDouble(int at) {
        return Double.longBitsToDouble(readLong(at));
    }

    /** Returns what counts the bytes that the host reads and writes; null if nothing does. */
    public final @Nullable Traffic traffic() {
        return traffic;
    }

    public final void traffic(@Nullable Traffic counted) {
        traffic = counted;
    }

    /** Counts bytes that the host read. Costs nothing while no recording is on. */
    public final void wasRead(long count) {
        if (FlightEvents.recordsCrossings() && traffic != null) {
            traffic.out(count);
        }
    }

    /** Counts bytes that the host wrote. */
    public final void wasWritten(long count) {
        if (FlightEvents.recordsCrossings() && traffic != null) {
            traffic.in(count);
        }
    }

    @Override
    public final String toString() {
        return "linear memory of " + pages() + " pages";
    }
}
