package dev.airlock.memory.linear;

import dev.airlock.error.LimitException;
import dev.airlock.limit.Allowance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A memory with 64-bit addresses, or of more than 2 GiB less a page, in pieces of 64 KiB. A piece takes no heap until it is
 * written: to read, there is one piece of zeros for all. So a memory may be far larger than what is used of it, growth copies
 * nothing, and all memories of one image share the pieces that they have not written.
 */
final class SegmentedMemory extends LinearMemory {
    static final int SHIFT = 16;
    private static final int PIECE = 1 << SHIFT;
    private static final int MASK = PIECE - 1;

    /** What an array of pieces may index: 64 TiB. */
    private static final long MOST_BYTES = 1L << 30 + SHIFT;

    private static final byte[] ZEROS = new byte[PIECE];
    private static final byte[][] NONE = {};

    /** For each 64 KiB the piece to read from; may be longer than the memory. */
    private byte[][] pieces;

    /** The same piece if it is this memory's own, else null. */
    private byte[] @Nullable [] owned;

    private long size;

    /** Counts pieces that are not those of the image; for a memory without one, all that were written. */
    private int written;

    /** @param start pieces to begin with, which are shared; zeros for all others */
    SegmentedMemory(MemoryLimits type, byte[][] start, long size, Allowance allowance) {
        super(type, allowance);
        pieces = NONE;
        owned = NONE;
        if (!reserve(size)) {
            throw heapExhausted(size);
        }
        System.arraycopy(start, 0, pieces, 0, start.length);
        this.size = size;
    }

    static SegmentedMemory make(MemoryLimits type, Allowance allowance) {
        long most = MOST_BYTES >>> type.pageShift();
        long minimum = type.minimum();
        boolean possible = minimum >= 0 && minimum <= most;
        allowance.takeMemory(possible ? minimum << type.pageShift() : Long.MAX_VALUE);
        if (!possible) {
            throw new LimitException(LimitException.Kind.MEMORY, "pages of linear memory", most, minimum);
        }
        return new SegmentedMemory(type, NONE, minimum << type.pageShift(), allowance);
    }

    /** Makes room for pieces. Returns false if the heap has none. */
    private boolean reserve(long bytes) {
        int count = (int) (bytes + MASK >>> SHIFT);
        int before = pieces.length;
        if (count <= before) {
            return true;
        }
        int length = before == 0
                ? count
                : (int) Math.max(count, Math.min(before + (before >>> 1), maximumBytes() >>> SHIFT));
        if (length > Runtime.getRuntime().maxMemory() / Integer.BYTES) {
            return false;
        }
        try {
            byte[][] more = Arrays.copyOf(pieces, length);
            owned = Arrays.copyOf(owned, length);
            Arrays.fill(more, before, length, ZEROS);
            pieces = more;
            return true;
        } catch (OutOfMemoryError e) {
            // As for a flat memory: an array of the guest's choosing did not fit, and nothing has changed that matters.
            return false;
        }
    }

    private long maximumBytes() {
        return maximumPages() << type.pageShift();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long maximumPages() {
        return Math.min(type.mostPages(), MOST_BYTES >>> type.pageShift());
    }

    @Override
    public long grow(long deltaPages) {
        long before = pages();
        if (deltaPages < 0 || deltaPages > maximumPages() - before) {
            return -1;
        }
        long newSize = before + deltaPages << type.pageShift();
        if (!allowance.growMemory(newSize - size)) {
            return -1;
        }
        if (!reserve(newSize)) {
            allowance.returnMemory(newSize - size);
            return -1;
        }
        size = newSize;
        return before;
    }

    private long at(long base, long offset, int width) {
        long sum = base + offset;
        if ((base | offset | sum) < 0 || sum > size - width) {
            throw outOfBounds(base, offset, width);
        }
        return sum;
    }

    private byte[] toRead(long at) {
        return pieces[(int) (at >>> SHIFT)];
    }

    private byte[] toWrite(long at) {
        int index = (int) (at >>> SHIFT);
        byte[] own = owned[index];
        return own == null ? own(index) : own;
    }

    private byte[] own(int index) {
        byte[] copied = FlatMemory.copy(pieces[index], PIECE);
        if (copied == null) {
            throw heapExhausted(PIECE);
        }
        pieces[index] = copied;
        owned[index] = copied;
        written++;
        return copied;
    }

    private static int index(long at) {
        return (int) at & MASK;
    }

    private static boolean straddles(long at, int width) {
        return index(at) > PIECE - width;
    }

    /** Loads a number that lies in two pieces. */
    private long loadParts(long at, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | toRead(at + i)[index(at + i)] & 0xFF;
        }
        return value;
    }

    private void storeParts(long at, int width, long value) {
        for (int i = 0; i < width; i++) {
            toWrite(at + i)[index(at + i)] = (byte) (value >>> 8 * i);
        }
    }

    @Override
    public int load8(long base, long offset) {
        long at = at(base, offset, 1);
        return toRead(at)[index(at)];
    }

    @Override
    public int load16(long base, long offset) {
        long at = at(base, offset, 2);
        return straddles(at, 2) ? (short) loadParts(at, 2) : (short) Views.SHORTS.get(toRead(at), index(at));
    }

    @Override
    public int load32(long base, long offset) {
        long at = at(base, offset, 4);
        return straddles(at, 4) ? (int) loadParts(at, 4) : (int) Views.INTS.get(toRead(at), index(at));
    }

    @Override
    public long load64(long base, long offset) {
        long at = at(base, offset, 8);
        return straddles(at, 8) ? loadParts(at, 8) : (long) Views.LONGS.get(toRead(at), index(at));
    }

    @Override
    public void store8(long base, long offset, int value) {
        long at = at(base, offset, 1);
        toWrite(at)[index(at)] = (byte) value;
    }

    @Override
    public void store16(long base, long offset, int value) {
        long at = at(base, offset, 2);
        if (straddles(at, 2)) {
            storeParts(at, 2, value);
        } else {
            Views.SHORTS.set(toWrite(at), index(at), (short) value);
        }
    }

    @Override
    public void store32(long base, long offset, int value) {
        long at = at(base, offset, 4);
        if (straddles(at, 4)) {
            storeParts(at, 4, value);
        } else {
            Views.INTS.set(toWrite(at), index(at), value);
        }
    }

    @Override
    public void store64(long base, long offset, long value) {
        long at = at(base, offset, 8);
        if (straddles(at, 8)) {
            storeParts(at, 8, value);
        } else {
            Views.LONGS.set(toWrite(at), index(at), value);
        }
    }

    /** A part of a range that lies in one piece. */
    private interface Part {
        void run(long at, int length);
    }

    private static void forEachPart(long from, long length, Part part) {
        long end = from + length;
        for (long at = from; at < end; ) {
            int count = (int) Math.min(end - at, PIECE - index(at));
            part.run(at, count);
            at += count;
            if ((at >>> SHIFT & 63) == 0) {
                Bulk.check();
            }
        }
    }

    @Override
    public void fill(long to, int value, long length) {
        checkRange(to, length);
        forEachPart(to, length, (at, count) -> {
            // Zeros take no heap.
            if ((byte) value != 0 || toRead(at) != ZEROS) {
                Arrays.fill(toWrite(at), index(at), index(at) + count, (byte) value);
            }
        });
    }

    @Override
    public void copy(long to, LinearMemory source, long from, long length) {
        checkRange(to, length);
        source.checkRange(from, length);
        byte[] block = new byte[(int) Math.min(length, PIECE)];
        if (source == this && to > from) {
            // If the ranges overlap, the end has to be read before it is written over.
            for (long left = length; left > 0; ) {
                int count = (int) Math.min(left, PIECE);
                left -= count;
                source.read(from + left, block, 0, count);
                write(to + left, block, 0, count);
            }
        } else {
            for (long done = 0; done < length; ) {
                int count = (int) Math.min(length - done, PIECE);
                source.read(from + done, block, 0, count);
                write(to + done, block, 0, count);
                done += count;
            }
        }
    }

    @Override
    public void read(long from, byte[] target, int to, int length) {
        forEachPart(
                from,
                length,
                (at, count) -> System.arraycopy(toRead(at), index(at), target, to + (int) (at - from), count));
    }

    @Override
    public void write(long to, byte[] source, int from, int length) {
        forEachPart(
                to,
                length,
                (at, count) -> System.arraycopy(source, from + (int) (at - to), toWrite(at), index(at), count));
    }

    @Override
    public long changedBytes() {
        return (long) written << SHIFT;
    }

    /** Returns the pieces as they are now; from here on, each is copied before it is written. */
    byte[][] capture() {
        int count = (int) (size + MASK >>> SHIFT);
        byte[][] captured = Arrays.copyOf(pieces, count);
        Arrays.fill(owned, null);
        written = 0;
        return captured;
    }

    /** Takes it back to pieces that {@link #capture} returned. */
    void restore(byte[][] captured, long formerSize) {
        if (written > 0) {
            for (int i = 0; i < owned.length; i++) {
                if (owned[i] != null) {
                    owned[i] = null;
                    pieces[i] = i < captured.length ? captured[i] : ZEROS;
                }
            }
            written = 0;
        }
        allowance.returnMemory(size - formerSize);
        size = formerSize;
    }
}
