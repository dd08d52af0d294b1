package dev.airlock.memory;

import java.util.Arrays;

/**
 * Which parts of a memory may have changed since it was last what its image says: a mark for each chunk of it, and a list of
 * the marked ones.
 *
 * <p>A store marks the chunk of its first byte and no other, so a marked chunk stands for the seven bytes after it too,
 * into which a store of eight bytes may have reached.
 */
final class WriteMarks {
    /** Chunks of 512 bytes: a small call changes few of them, and little besides has to be put back. */
    static final int SHIFT = 9;

    private static final int REACH = Long.BYTES - 1;

    /** Where more are marked than this, all marks are looked at. */
    private static final int MOST_LISTED = 256;

    private byte[] chunks;
    private final int[] listed = new int[MOST_LISTED];
    private int count;

    WriteMarks(int size) {
        chunks = new byte[length(size)];
    }

    private static int length(int size) {
        return (size + (1 << SHIFT) - 1) >>> SHIFT;
    }

    /** For each chunk 0 until it is marked; replaced when the memory grows. */
    byte[] chunks() {
        return chunks;
    }

    void grow(int size) {
        if (length(size) > chunks.length) {
            chunks = Arrays.copyOf(chunks, length(size));
        }
    }

    /** How much is marked. */
    long changedBytes() {
        return (long) count << SHIFT;
    }

    /** Marks a chunk that is not marked yet. */
    void mark(int chunk) {
        chunks[chunk] = 1;
        if (count < MOST_LISTED) {
            listed[count] = chunk;
        }
        count++;
    }

    void mark(int offset, int length) {
        if (length > 0) {
            int last = (offset + length - 1) >>> SHIFT;
            for (int chunk = offset >>> SHIFT; chunk <= last; chunk++) {
                if (chunks[chunk] == 0) {
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
        int end = 0;
        for (int chunk = 0; chunk < chunks.length; chunk = end + 1) {
            end = chunk;
            while (end < chunks.length && chunks[end] != 0) {
                end++;
            }
            if (end > chunk) {
                restore(bytes, image, chunk, end);
            }
        }
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
            chunks[i] = 0;
        }
    }
}
