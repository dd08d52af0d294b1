package dev.airlock.memory.linear;

import java.util.Arrays;

/**
 * Which parts of a memory may have changed since it was last what its image says: a bit for each chunk of it, and a list of
 * the marked ones. Bits, since a pool may have many instances idle: a memory of 8 MiB has 2 KiB of them.
 *
 * <p>A store marks the chunk of its first byte and no other, so a marked chunk stands for the seven bytes after it too,
 * into which a store of eight bytes may have reached.
 */
public final class WriteMarks {
    /** Chunks of 512 bytes: a small call changes few of them, and little besides has to be put back. */
    static final int SHIFT = 9;

    /** What one word stands for: 64 chunks. A memory is made of pages, so of whole words. */
    static final int WORD_SHIFT = SHIFT + 6;

    private static final int REACH = Long.BYTES - 1;

    /** Where more are marked than this, all marks are looked at. */
    private static final int MOST_LISTED = 256;

    private long[] words;

    private int[] listed;
    private int count;

    WriteMarks(int size) {
        this(new long[length(size)], new int[MOST_LISTED]);
    }

    private WriteMarks(long[] words, int[] listed) {
        this.words = words;
        this.listed = listed;
    }

    /** Leaves everything to another memory, where nothing is marked. Code that still has this one cannot mark anything there. */
    WriteMarks handOver() {
        var left = new WriteMarks(words, listed);
        words = new long[0];
        listed = new int[0];
        count = MOST_LISTED;
        return left;
    }

    private static int length(int size) {
        return (size + (1 << WORD_SHIFT) - 1) >>> WORD_SHIFT;
    }

    void grow(int size) {
        if (length(size) > words.length) {
            words = Arrays.copyOf(words, length(size));
        }
    }

    /** Returns how much is marked. */
    long changedBytes() {
        return (long) count << SHIFT;
    }

    /**
     * Marks the chunk of an address, before a store to it: a guest that recurses without end could otherwise have a stack
     * overflow come between the two, and leave something behind. An address beyond the memory has no chunk; the store traps.
     */
    public void store(int addr) {
        int word = addr >>> WORD_SHIFT;
        int chunk = addr >>> SHIFT;
        if (word < words.length && (words[word] & 1L << chunk) == 0) {
            mark(chunk);
        }
    }

    private void mark(int chunk) {
        words[chunk >>> 6] |= 1L << chunk;
        if (count < MOST_LISTED) {
            listed[count] = chunk;
        }
        count++;
    }

    void mark(int offset, int length) {
        if (length > 0) {
            int end = (offset + length - 1) >>> SHIFT;
            for (int chunk = offset >>> SHIFT; chunk <= end; chunk++) {
                if ((words[chunk >>> 6] & 1L << chunk) == 0) {
                    mark(chunk);
                }
            }
        }
    }

    /**
     * Puts back what an image says wherever there is a mark, and takes the marks away.
     *
     * @param image what the bytes were; after its end they were zero
     */
    void restore(byte[] bytes, byte[] image) {
        if (count <= MOST_LISTED) {
            for (int i = 0; i < count; i++) {
                restore(bytes, image, listed[i], listed[i] + 1);
            }
        } else {
            restoreAll(bytes, image);
        }
        count = 0;
    }

    private void restoreAll(byte[] bytes, byte[] image) {
        int chunks = words.length << 6;
        for (int chunk = next(0, true); chunk < chunks; ) {
            int end = next(chunk, false);
            restore(bytes, image, chunk, end);
            chunk = next(end, true);
        }
    }

    /** Returns the first chunk from here on that is marked, or that is not; the number of all chunks if there is none. */
    private int next(int chunk, boolean marked) {
        for (int word = chunk >>> 6; word < words.length; word++) {
            long found = (marked ? words[word] : ~words[word]) & (word == chunk >>> 6 ? -1L << chunk : -1L);
            if (found != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(found);
            }
        }
        return words.length << 6;
    }

    private void restore(byte[] bytes, byte[] image, int chunk, int end) {
        int from = chunk << SHIFT;
        // The last chunks of the largest memory end where an int does.
        int to = (int) Math.min(((long) end << SHIFT) + REACH, bytes.length);
        int known = Math.min(to, image.length);
        if (known > from) {
            System.arraycopy(image, from, bytes, from, known - from);
        }
        // A store that trapped may have marked what is beyond the memory.
        if (Math.max(from, known) < to) {
            Arrays.fill(bytes, Math.max(from, known), to, (byte) 0);
        }
        for (int i = chunk; i < end; i++) {
            words[i >>> 6] &= ~(1L << i);
        }
    }
}
