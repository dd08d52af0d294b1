package dev.airlock.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which parts of a memory may have changed since it was last what its image says: a byte for each chunk of it.
 *
 * <p>A store marks the chunk of its first byte and no other, so a marked chunk stands for the seven bytes after it too,
 * into which a store of eight bytes may have reached.
 */
final class WriteMarks {
    /** Chunks of 1,024 bytes: a small call changes few of them, and few marks have to be looked at. */
    static final int SHIFT = 10;

    private static final int REACH = Long.BYTES - 1;
    private static final int AT_ONCE = 4 * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private byte[] chunks;

    WriteMarks(int size) {
        chunks = new byte[length(size)];
    }

    private static int length(int size) {
        return ((size >>> SHIFT) + AT_ONCE) & -AT_ONCE;
    }

    /** A mark for each chunk; replaced when the memory grows. */
    byte[] chunks() {
        return chunks;
    }

    void grow(int size) {
        if (length(size) > chunks.length) {
            chunks = Arrays.copyOf(chunks, length(size));
        }
    }

    void mark(int offset, int length) {
        if (length > 0) {
            Arrays.fill(chunks, offset >>> SHIFT, (offset + length - 1 >>> SHIFT) + 1, (byte) 1);
        }
    }

    /**
     * Puts back what an image says wherever there is a mark, and takes the marks away.
     *
     * @param image what the bytes were; after its end they were zero
     */
    void restore(byte[] bytes, byte[] image) {
        for (int at = 0; at < chunks.length; at += AT_ONCE) {
            long marked = (long) LONGS.get(chunks, at)
                    | (long) LONGS.get(chunks, at + 8)
                    | (long) LONGS.get(chunks, at + 16)
                    | (long) LONGS.get(chunks, at + 24);
            if (marked != 0) {
                restore(bytes, image, at);
            }
        }
    }

    private void restore(byte[] bytes, byte[] image, int first) {
        int chunk = first;
        int end = first + AT_ONCE;
        while (chunk < end) {
            if (chunks[chunk] == 0) {
                chunk++;
                continue;
            }
            int from = chunk << SHIFT;
            while (chunk < end && chunks[chunk] != 0) {
                chunks[chunk++] = 0;
            }
            // The last chunks of the largest memory end where an int does.
            int to = (int) Math.min(((long) chunk << SHIFT) + REACH, bytes.length);
            int known = Math.max(from, Math.min(to, image.length));
            System.arraycopy(image, Math.min(from, image.length), bytes, from, known - from);
            Arrays.fill(bytes, known, to, (byte) 0);
        }
    }
}
