package dev.airlock.engine.gc;

import dev.airlock.engine.gc.ArrayObject.Bytes;
import dev.airlock.engine.gc.ArrayObject.Doubles;
import dev.airlock.engine.gc.ArrayObject.Floats;
import dev.airlock.engine.gc.ArrayObject.Ints;
import dev.airlock.engine.gc.ArrayObject.Longs;
import dev.airlock.engine.gc.ArrayObject.Shorts;
import dev.airlock.engine.gc.ArrayObject.Vectors;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.limit.CollectedHeap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes arrays (core specification, section 4.6.8), for generated code: the last letter of a name is the kind of the elements, as
 * in {@link StructShape}.
 */
public final class ArrayCreation {
    /** Some JVMs have no larger arrays. */
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 16;

    private ArrayCreation() {}

    /**
     * Makes an array of zeros or nulls.
     *
     * @param kind of the elements
     * @param length unsigned
     * @throws dev.airlock.error.LimitException if the guest would keep too much, or the Java heap has no room
     */
    public static ArrayObject blank(char kind, int length, DefinedType type, CollectedHeap heap) {
        return switch (kind) {
            case 'B' -> blankB(length, type, heap);
            case 'S' -> blankS(length, type, heap);
            case 'I' -> blankI(length, type, heap);
            case 'J' -> blankJ(length, type, heap);
            case 'F' -> blankF(length, type, heap);
            case 'D' -> blankD(length, type, heap);
            case 'V' -> blankV(length, type, heap);
            default -> blankR(length, type, heap);
        };
    }

    /** Returns how many bytes an array takes, if it may be made. */
    private static long bytes(int length, int width, CollectedHeap heap) {
        long bytes = ArrayObject.BYTES + (length & 0xFFFF_FFFFL) * width;
        if (length < 0 || length > MOST_ELEMENTS >> (width >> 4)) {
            throw heap.exhausted(bytes);
        }
        heap.check(bytes);
        return bytes;
    }

    public static Bytes blankB(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 1, heap);
        Bytes made;
        try {
            made = new Bytes(type, new byte[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newB(int value, int length, DefinedType type, CollectedHeap heap) {
        Bytes made = blankB(length, type, heap);
        Arrays.fill(made.a, (byte) value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putB(int value, Object array, int index) {
        ((Bytes) array).a[index] = (byte) value;
    }

    public static Shorts blankS(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 2, heap);
        Shorts made;
        try {
            made = new Shorts(type, new short[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newS(int value, int length, DefinedType type, CollectedHeap heap) {
        Shorts made = blankS(length, type, heap);
        Arrays.fill(made.a, (short) value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putS(int value, Object array, int index) {
        ((Shorts) array).a[index] = (short) value;
    }

    public static Ints blankI(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 4, heap);
        Ints made;
        try {
            made = new Ints(type, new int[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newI(int value, int length, DefinedType type, CollectedHeap heap) {
        Ints made = blankI(length, type, heap);
        Arrays.fill(made.a, value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putI(int value, Object array, int index) {
        ((Ints) array).a[index] = value;
    }

    public static Longs blankJ(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 8, heap);
        Longs made;
        try {
            made = new Longs(type, new long[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newJ(long value, int length, DefinedType type, CollectedHeap heap) {
        Longs made = blankJ(length, type, heap);
        Arrays.fill(made.a, value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putJ(long value, Object array, int index) {
        ((Longs) array).a[index] = value;
    }

    public static Floats blankF(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 4, heap);
        Floats made;
        try {
            made = new Floats(type, new float[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newF(float value, int length, DefinedType type, CollectedHeap heap) {
        Floats made = blankF(length, type, heap);
        Arrays.fill(made.a, value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putF(float value, Object array, int index) {
        ((Floats) array).a[index] = value;
    }

    public static Doubles blankD(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 8, heap);
        Doubles made;
        try {
            made = new Doubles(type, new double[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newD(double value, int length, DefinedType type, CollectedHeap heap) {
        Doubles made = blankD(length, type, heap);
        Arrays.fill(made.a, value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putD(double value, Object array, int index) {
        ((Doubles) array).a[index] = value;
    }

    public static ArrayObject.References blankR(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 8, heap);
        ArrayObject.References made;
        try {
            made = new ArrayObject.References(type, new Object[length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newR(@Nullable Object value, int length, DefinedType type, CollectedHeap heap) {
        ArrayObject.References made = blankR(length, type, heap);
        Arrays.fill(made.a, value);
        return made;
    }

    /** An element of {@code array.new_fixed}. */
    public static void putR(@Nullable Object value, Object array, int index) {
        ((ArrayObject.References) array).a[index] = value;
    }

    public static Vectors blankV(int length, DefinedType type, CollectedHeap heap) {
        long bytes = bytes(length, 16, heap);
        Vectors made;
        try {
            made = new Vectors(type, new long[2 * length]);
        } catch (OutOfMemoryError e) {
            throw heap.exhausted(bytes);
        }
        heap.made(made, bytes);
        return made;
    }

    public static Object newV(long low, long high, int length, DefinedType type, CollectedHeap heap) {
        Vectors made = blankV(length, type, heap);
        ArrayAccess.fillV(made, 0, low, high, length);
        return made;
    }

    public static void putV(long low, long high, Object array, int index) {
        long[] a = ((Vectors) array).a;
        a[2 * index] = low;
        a[2 * index + 1] = high;
    }
}
