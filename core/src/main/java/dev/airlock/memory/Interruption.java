package dev.airlock.memory;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Ends the crossing of values when the thread is interrupted. A guest decides how much crosses, so code whose time grows with
 * the size of a value checks here regularly: a call that takes too long is interrupted.
 */
public final class Interruption {
    /** The number of elements between two checks, less one: all its bits are set. */
    public static final int ELEMENTS = 0x3ff;

    /** The number of bytes copied between two checks: a millisecond if memory is slow. */
    private static final int PIECE = 4 << 20;

    private Interruption() {}

    /**
     * Checks the interrupt flag of this thread, and leaves it as it is.
     *
     * @throws Trap if this thread was interrupted
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Trap(TrapCode.INTERRUPTED, "interrupted while a value crossed", List.of(), null);
        }
    }

    /**
     * Copies bytes like {@link System#arraycopy}, between two arrays.
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
     * Copies bytes into a new array. Short copies use the JDK's own method, because the JVM does not zero an array that it fills.
     *
     * @param source the array to read from
     * @param from where to read in it
     * @param length the number of bytes
     * @return the new array
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
     * Writes a whole string, as {@link NarrowText#write} does.
     *
     * @param text the string
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
     * Returns the elements as a list that checks when its elements are read in order.
     *
     * @param <T> the type of the elements
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
