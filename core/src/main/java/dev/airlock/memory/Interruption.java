package dev.airlock.memory;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether who crosses is to go on. A guest decides how much there is to cross, so whatever takes longer the more there is
 * asks here now and then: a call that is late is interrupted.
 */
public final class Interruption {
    /** How many elements are crossed from one look to the next, less one: all bits of it are set. */
    public static final int ELEMENTS = 0x3ff;

    /** How many bytes are copied from one look to the next: a millisecond where memory is slow. */
    private static final int PIECE = 4 << 20;

    private Interruption() {}

    /** @throws Trap if this thread was interrupted */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Trap(TrapCode.INTERRUPTED, "interrupted while a value crossed", List.of(), null);
        }
    }

    /**
     * As {@link System#arraycopy}, between two arrays. Apart from the one below, since most copies are short.
     *
     * @param source the array to read from
     * @param from where to read in it
     * @param target the array to write to
     * @param to where to write in it
     * @param length the number of bytes
     */
    public static void copy(byte[] source, int from, byte[] target, int to, int length) {
        int done = 0;
        for (; length - done > PIECE; done += PIECE) {
            check();
            System.arraycopy(source, from + done, target, to + done, PIECE);
        }
        System.arraycopy(source, from + done, target, to + done, length - done);
    }

    /**
     * Returns a new array of some of another's bytes. Short ones by the JDK's own way, since the JVM zeroes no array that it fills.
     *
     * @param source the array to read from
     * @param from where to read in it
     * @param length the number of bytes
     * @return a new array of some of another's bytes
     */
    public static byte[] copyOf(byte[] source, int from, int length) {
        if (length <= PIECE) {
            return Arrays.copyOfRange(source, from, from + length);
        }
        byte[] made = new byte[length];
        copy(source, from, made, 0, length);
        return made;
    }

    /**
     * As {@link NarrowText#write}, of a whole string.
     *
     * @param text the text
     * @param target the array to write to
     * @param to where to write in it
     */
    public static void write(String text, byte[] target, int to) {
        int length = text.length();
        int done = 0;
        for (; length - done > PIECE; done += PIECE) {
            check();
            NarrowText.write(text, done, PIECE, target, to + done);
        }
        NarrowText.write(text, done, length - done, target, to + done);
    }

    /** Copies elements from one place on. */
    public interface Copy {
        /**
         * Copies some elements.
         *
         * @param from the index of the first
         * @param count the number of elements
         */
        void copy(int from, int count);
    }

    /**
     * Copies elements in pieces.
     *
     * @param count the number of elements to copy
     * @param width the size of an element, in bytes
     * @param copy copies some of the elements
     */
    public static void copy(int count, int width, Copy copy) {
        int piece = PIECE / width;
        if (count <= piece) {
            copy.copy(0, count);
            return;
        }
        for (int from = 0; from < count; from += piece) {
            check();
            copy.copy(from, Math.min(piece, count - from));
        }
    }

    /**
     * Returns the same list, which asks by itself when its elements are got in order.
     *
     * @param <T> the interface
     * @param elements the elements
     * @return the list
     */
    public static <T> List<T> asking(T[] elements) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                if ((index & ELEMENTS) == ELEMENTS) {
                    check();
                }
                return elements[index];
            }

            @Override
            public int size() {
                return elements.length;
            }
        };
    }
}
