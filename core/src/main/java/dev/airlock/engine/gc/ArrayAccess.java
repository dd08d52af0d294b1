package dev.airlock.engine.gc;

import dev.airlock.engine.gc.ArrayObject.Bytes;
import dev.airlock.engine.gc.ArrayObject.Doubles;
import dev.airlock.engine.gc.ArrayObject.Floats;
import dev.airlock.engine.gc.ArrayObject.Ints;
import dev.airlock.engine.gc.ArrayObject.Longs;
import dev.airlock.engine.gc.ArrayObject.Shorts;
import dev.airlock.engine.gc.ArrayObject.Vectors;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accesses to elements of arrays (core specification, section 4.6.8), for generated code, except those that it makes itself: the
 * last letter of a name is the kind of the elements, as in {@link StructShape}.
 */
public final class ArrayAccess {
    private ArrayAccess() {}

    static GuestTrap outOfBounds(@Nullable Object array) {
        return array == null ? isNull() : new GuestTrap(TrapCode.ARRAY_OUT_OF_BOUNDS);
    }

    public static GuestTrap isNull() {
        return new GuestTrap(TrapCode.NULL_REFERENCE, "null array reference");
    }

    /** {@code array.len}. */
    public static int length(@Nullable Object array) {
        if (array == null) {
            throw isNull();
        }
        return ((ArrayObject) array).length();
    }

    /** Checks a range of an array, which is not null. Index and count are unsigned. */
    public static void check(ArrayObject array, int index, int count) {
        if ((index & 0xFFFF_FFFFL) + (count & 0xFFFF_FFFFL) > array.length()) {
            throw outOfBounds(array);
        }
    }

    public static void fillB(@Nullable Object array, int index, int value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Bytes) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, (byte) value);
    }

    public static void fillS(@Nullable Object array, int index, int value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Shorts) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, (short) value);
    }

    public static void fillI(@Nullable Object array, int index, int value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Ints) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, value);
    }

    public static void fillJ(@Nullable Object array, int index, long value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Longs) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, value);
    }

    public static void fillF(@Nullable Object array, int index, float value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Floats) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, value);
    }

    public static void fillD(@Nullable Object array, int index, double value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Doubles) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, value);
    }

    public static void fillR(@Nullable Object array, int index, @Nullable Object value, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (ArrayObject.References) array;
        check(to, index, count);
        Arrays.fill(to.a, index, index + count, value);
    }

    /** Returns the low half of a vector. */
    public static long getLowV(@Nullable Object array, int index) {
        return half(array, index, 0);
    }

    public static long getHighV(@Nullable Object array, int index) {
        return half(array, index, 1);
    }

    @SuppressWarnings("NullAway") // The exception is the check.
    private static long half(@Nullable Object array, int index, int half) {
        try {
            return ((Vectors) array).a[at(index) + half];
        } catch (NullPointerException | ArrayIndexOutOfBoundsException e) {
            throw outOfBounds(array);
        }
    }

    /** An index that is too large must not become one that is not. */
    private static int at(int index) {
        return index < 0 || index > Integer.MAX_VALUE / 2 ? -2 : 2 * index;
    }

    @SuppressWarnings("NullAway") // The exception is the check.
    public static void setV(@Nullable Object array, int index, long low, long high) {
        try {
            long[] a = ((Vectors) array).a;
            int at = at(index);
            a[at] = low;
            a[at + 1] = high;
        } catch (NullPointerException | ArrayIndexOutOfBoundsException e) {
            throw outOfBounds(array);
        }
    }

    public static void fillV(@Nullable Object array, int index, long low, long high, int count) {
        if (array == null) {
            throw isNull();
        }
        var to = (Vectors) array;
        check(to, index, count);
        for (int i = index; i < index + count; i++) {
            to.a[2 * i] = low;
            to.a[2 * i + 1] = high;
        }
    }
}
