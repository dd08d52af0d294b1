package dev.airlock.memory.linear;

import dev.airlock.error.TrapCode;
import java.util.Arrays;

/**
 * Copies and fills ranges of any size in pieces, between which the thread can be interrupted: all of a large memory takes
 * longer than a call may take after its time is up.
 */
final class Bulk {
    /** Takes about a millisecond where memory is slow. */
    private static final int PIECE = 4 << 20;

    private Bulk() {}

    /** As {@link System#arraycopy}, of ranges that are known to be within their arrays. */
    static void copy(byte[] from, int fromIndex, byte[] to, int toIndex, int length) {
        if (length <= PIECE) {
            System.arraycopy(from, fromIndex, to, toIndex, length);
        } else if (from == to && toIndex > fromIndex) {
            // Where the ranges overlap, the end has to be read before it is written over.
            for (int left = length; left > 0; ) {
                int piece = Math.min(left, PIECE);
                left -= piece;
                System.arraycopy(from, fromIndex + left, to, toIndex + left, piece);
                check();
            }
        } else {
            for (int done = 0; done < length; ) {
                int piece = Math.min(length - done, PIECE);
                System.arraycopy(from, fromIndex + done, to, toIndex + done, piece);
                done += piece;
                check();
            }
        }
    }

    static void fill(byte[] bytes, int from, int length, byte value) {
        for (int done = 0; done < length; ) {
            int piece = Math.min(length - done, PIECE);
            Arrays.fill(bytes, from + done, from + done + piece, value);
            done += piece;
            if (length > PIECE) {
                check();
            }
        }
    }

    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new GuestTrap(TrapCode.INTERRUPTED, "interrupted in a bulk instruction");
        }
    }
}
