package dev.airlock.memory.linear;

import dev.airlock.error.LimitException;
import dev.airlock.limit.Allowance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A memory in one array.
 *
 * <p>The array is longer than the memory in three cases. A shared memory has all that it may ever grow to from the start, since
 * other threads must never see the array move. One that was made of an image may have the array of an earlier one, which had
 * grown. And a memory that has grown often gets half as much again to spare, since to copy it for every page takes quadratic
 * time, and some allocators ask page by page: to grow 1,000 times by a page took 2.6 s with an exact array each time, and takes
 * 0.1 s this way, about the time that zeroing the pages takes. A memory that cannot grow has an array of exactly its size, and so has
 * one that {@link #keepExact} was called for.
 */
final class FlatMemory extends LinearMemory {
    /** Few guests grow more often than this, and the others can bear to have their memory copied so many times. */
    private static final int EXACT_GROWTHS = 16;

    private final long maximumPages;
    final @Nullable Waiters waiters;
    private final Object @Nullable [] stripes;
    private volatile int size;
    private int growths;
    private boolean isExact;

    /**
     * A memory that starts with these bytes.
     *
     * @param size how many of them are the memory; those after it are zero
     */
    FlatMemory(MemoryLimits type, long maximumPages, byte[] bytes, int size, Allowance allowance) {
        super(type, allowance);
        this.maximumPages = maximumPages;
        this.bytes = bytes;
        this.size = size;
        this.limit = size;
        this.waiters = type.shared() ? new Waiters() : null;
        this.stripes = type.shared() ? newStripes() : null;
    }

    static FlatMemory make(MemoryLimits type, Allowance allowance) {
        long size = bytes(type.minimum(), type);
        allowance.takeMemory(size);
        if (size > MemoryLimits.FLAT_BYTES) {
            throw new LimitException(
                    LimitException.Kind.MEMORY,
                    "pages of a shared linear memory (2 GiB less a page, what a Java array holds)",
                    MemoryLimits.FLAT_BYTES >>> type.pageShift(),
                    type.minimum());
        }
        long most = Math.min(type.mostPages(), MemoryLimits.FLAT_BYTES >>> type.pageShift());
        byte[] made;
        if (type.shared()) {
            most = type.minimum() + reserve(most - type.minimum(), type, allowance);
            made = allocateForGood(size, most << type.pageShift());
        } else {
            made = copy(NOTHING, (int) size);
        }
        if (made == null) {
            throw heapExhausted(size);
        }
        return new FlatMemory(type, most, made, (int) size, allowance);
    }

    private static long bytes(long pages, MemoryLimits type) {
        boolean fits = pages >= 0 && pages <= Long.MAX_VALUE >>> type.pageShift();
        return fits ? pages << type.pageShift() : Long.MAX_VALUE;
    }

    /** Returns how many pages more a shared memory may grow to, all of which it takes now: no more than the allowance has. */
    private static long reserve(long pages, MemoryLimits type, Allowance allowance) {
        long more = Math.min(pages << type.pageShift(), allowance.memoryLeft()) >>> type.pageShift();
        allowance.takeMemory(more << type.pageShift());
        return more;
    }

    /**
     * Returns the largest array up to the maximum that the heap has room for: modules declare generous maxima, and a memory may
     * refuse to grow at any time, but must start.
     */
    private static byte @Nullable [] allocateForGood(long least, long most) {
        long length = most;
        byte[] made = copy(NOTHING, (int) length);
        while (made == null && length > least) {
            length = Math.max(least, length / 2);
            made = copy(NOTHING, (int) length);
        }
        return made;
    }

    private static Object[] newStripes() {
        Object[] stripes = new Object[64];
        Arrays.setAll(stripes, i -> new Object());
        return stripes;
    }

    /** Returns a copy of another length, zero at its end, or null if the heap has no room for it. */
    static byte @Nullable [] copy(byte[] from, int length) {
        // What can never fit is not even tried: a host may run with -XX:+ExitOnOutOfMemoryError.
        if (length > Runtime.getRuntime().maxMemory()) {
            return null;
        }
        try {
            return Arrays.copyOf(from, length);
        } catch (OutOfMemoryError e) {
            // One array of the guest's choosing did not fit. The heap is as it was before, so this is no danger to the
            // host, and a guest must not be able to raise an Error in it.
            return null;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long maximumPages() {
        return maximumPages;
    }

    /** Returns what stands for the bytes at an address in atomic accesses; null if there is only one thread. */
    @Nullable
    Object stripe(int at) {
        // Aligned accesses of all widths that touch a byte in common lie in the same eight bytes.
        return stripes == null ? null : stripes[(at >>> 3) & (stripes.length - 1)];
    }

    @Override
    public long grow(long deltaPages) {
        if (!shared()) {
            return growBy(deltaPages);
        }
        synchronized (this) {
            return growBy(deltaPages);
        }
    }

    private long growBy(long deltaPages) {
        long before = pages();
        if (deltaPages < 0 || deltaPages > maximumPages - before) {
            return -1;
        }
        int newSize = (int) (before + deltaPages << type.pageShift());
        long more = newSize - size;
        if (!shared() && !allowance.growMemory(more)) {
            return -1;
        }
        if (newSize > bytes.length) {
            byte[] larger = shared() ? null : enlarged(newSize);
            if (larger == null) {
                allowance.returnMemory(shared() ? 0 : more);
                return -1;
            }
            bytes = larger;
        }
        resize(newSize);
        return before;
    }

    private byte @Nullable [] enlarged(int newSize) {
        growths++;
        if (growths > EXACT_GROWTHS && !isExact) {
            long roomy = Math.min(bytes.length + (bytes.length >>> 1), maximumPages << type.pageShift());
            roomy = Math.min(roomy, newSize + Math.min(allowance.memoryLeft(), MemoryLimits.FLAT_BYTES));
            byte[] larger = roomy > newSize ? copy(bytes, (int) roomy) : null;
            if (larger != null) {
                return larger;
            }
        }
        return copy(bytes, newSize);
    }

    @Override
    public void keepExact() {
        if (bytes.length != size) {
            throw new IllegalStateException("the array of " + this + " is longer already");
        }
        isExact = true;
    }

    boolean isExact() {
        return isExact;
    }

    /** Takes it back to a size, and to an array that is at least as long. */
    void shrink(int newSize, byte[] array) {
        allowance.returnMemory(size - newSize);
        bytes = array;
        growths = 0;
        resize(newSize);
    }

    private void resize(int newSize) {
        size = newSize;
        limit = newSize;
        if (marks != null) {
            marks.grow(newSize);
        }
    }

    private int at(long base, long offset, int width) {
        long sum = base + offset;
        if ((base | offset | sum) < 0 || sum > limit - width) {
            return beyondLimit(base, offset, width);
        }
        return (int) sum;
    }

    private int beyondLimit(long base, long offset, int width) {
        limit = size;
        long sum = base + offset;
        if ((base | offset | sum) < 0 || sum > limit - width) {
            throw outOfBounds(base, offset, width);
        }
        return (int) sum;
    }

    /** Checks a range that an access is about to use. Returns the index of its first byte. */
    int checked(long base, long offset, int width) {
        return at(base, offset, width);
    }

    private int atToWrite(long base, long offset, int width) {
        int at = at(base, offset, width);
        if (marks != null) {
            marks.store(at);
        }
        return at;
    }

    @Override
    public int load8(long base, long offset) {
        return bytes[at(base, offset, 1)];
    }

    @Override
    public int load16(long base, long offset) {
        return (short) Views.SHORTS.get(bytes, at(base, offset, 2));
    }

    @Override
    public int load32(long base, long offset) {
        return (int) Views.INTS.get(bytes, at(base, offset, 4));
    }

    @Override
    public long load64(long base, long offset) {
        return (long) Views.LONGS.get(bytes, at(base, offset, 8));
    }

    @Override
    public void store8(long base, long offset, int value) {
        bytes[atToWrite(base, offset, 1)] = (byte) value;
    }

    @Override
    public void store16(long base, long offset, int value) {
        Views.SHORTS.set(bytes, atToWrite(base, offset, 2), (short) value);
    }

    @Override
    public void store32(long base, long offset, int value) {
        Views.INTS.set(bytes, atToWrite(base, offset, 4), value);
    }

    @Override
    public void store64(long base, long offset, long value) {
        Views.LONGS.set(bytes, atToWrite(base, offset, 8), value);
    }

    @Override
    public void fill(long to, int value, long length) {
        checkRange(to, length);
        Bulk.fill(toWrite((int) to, (int) length), (int) to, (int) length, (byte) value);
    }

    @Override
    public void copy(long to, LinearMemory source, long from, long length) {
        checkRange(to, length);
        source.checkRange(from, length);
        if (source instanceof FlatMemory flat) {
            Bulk.copy(flat.bytes, (int) from, toWrite((int) to, (int) length), (int) to, (int) length);
        } else {
            source.read(from, toWrite((int) to, (int) length), (int) to, (int) length);
        }
    }

    @Override
    public void read(long from, byte[] target, int to, int length) {
        Bulk.copy(bytes, (int) from, target, to, length);
    }

    @Override
    public void write(long to, byte[] source, int from, int length) {
        Bulk.copy(source, from, toWrite((int) to, length), (int) to, length);
    }

    @Override
    public long changedBytes() {
        return marks == null ? 0 : marks.changedBytes();
    }
}
