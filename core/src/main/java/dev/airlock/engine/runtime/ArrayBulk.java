package dev.airlock.engine.runtime;

import dev.airlock.engine.gc.ArrayAccess;
import dev.airlock.engine.gc.ArrayCreation;
import dev.airlock.engine.gc.ArrayObject;
import dev.airlock.engine.gc.ArrayObject.Bytes;
import dev.airlock.engine.gc.ArrayObject.Doubles;
import dev.airlock.engine.gc.ArrayObject.Floats;
import dev.airlock.engine.gc.ArrayObject.Ints;
import dev.airlock.engine.gc.ArrayObject.Longs;
import dev.airlock.engine.gc.ArrayObject.Shorts;
import dev.airlock.engine.gc.ArrayObject.Vectors;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Copies between arrays, and from segments to arrays (core specification, section 4.6.8), for generated code. */
public final class ArrayBulk {
    private ArrayBulk() {}

    /** {@code array.copy}. Validation has seen that elements of both are stored the same way. */
    public static void copy(@Nullable Object target, int to, @Nullable Object source, int from, int count) {
        if (target == null || source == null) {
            throw ArrayAccess.isNull();
        }
        var into = (ArrayObject) target;
        var outOf = (ArrayObject) source;
        ArrayAccess.check(into, to, count);
        ArrayAccess.check(outOf, from, count);
        int parts = into instanceof Vectors ? 2 : 1;
        System.arraycopy(outOf.elements(), parts * from, into.elements(), parts * to, parts * count);
    }

    /** {@code array.new_data}: nothing is made unless the segment has enough. */
    public static Object newData(int from, int length, InstanceState instance, int type, char kind, int segment) {
        checkData(instance, segment, from, (length & 0xFFFF_FFFFL) * width(kind));
        ArrayObject made = ArrayCreation.blank(kind, length, instance.types[type], instance.collected);
        fill(made, 0, instance.data[segment], from, length, width(kind));
        return made;
    }

    /** {@code array.init_data}. */
    public static void initData(
            @Nullable Object target, int to, int from, int count, InstanceState instance, char kind, int segment) {
        if (target == null) {
            throw ArrayAccess.isNull();
        }
        var into = (ArrayObject) target;
        ArrayAccess.check(into, to, count);
        checkData(instance, segment, from, (count & 0xFFFF_FFFFL) * width(kind));
        fill(into, to, instance.data[segment], from, count, width(kind));
    }

    private static void checkData(InstanceState instance, int segment, int from, long bytes) {
        if ((from & 0xFFFF_FFFFL) + bytes > instance.data[segment].length) {
            throw new GuestTrap(TrapCode.MEMORY_OUT_OF_BOUNDS);
        }
    }

    private static int width(char kind) {
        return switch (kind) {
            case 'B' -> 1;
            case 'S' -> 2;
            case 'I', 'F' -> 4;
            case 'V' -> 16;
            default -> 8;
        };
    }

    private static void fill(ArrayObject into, int to, byte[] data, int from, int count, int width) {
        ByteBuffer bytes = ByteBuffer.wrap(data, from, count * width).order(ByteOrder.LITTLE_ENDIAN);
        if (into instanceof Bytes array) {
            bytes.get(array.a, to, count);
        } else if (into instanceof Shorts array) {
            bytes.asShortBuffer().get(array.a, to, count);
        } else if (into instanceof Ints array) {
            bytes.asIntBuffer().get(array.a, to, count);
        } else if (into instanceof Longs array) {
            bytes.asLongBuffer().get(array.a, to, count);
        } else if (into instanceof Floats array) {
            bytes.asFloatBuffer().get(array.a, to, count);
        } else if (into instanceof Doubles array) {
            bytes.asDoubleBuffer().get(array.a, to, count);
        } else if (into instanceof Vectors array) {
            bytes.asLongBuffer().get(array.a, 2 * to, 2 * count);
        } else {
            throw new IllegalStateException("references have no bytes");
        }
    }

    /** {@code array.new_elem}. */
    public static Object newElements(int from, int length, InstanceState instance, int type, int segment) {
        checkElements(instance, segment, from, length);
        ArrayObject.References made = ArrayCreation.blankR(length, instance.types[type], instance.collected);
        fill(made, 0, instance, segment, from, length);
        return made;
    }

    /** {@code array.init_elem}. */
    public static void initElements(
            @Nullable Object target, int to, int from, int count, InstanceState instance, int segment) {
        if (target == null) {
            throw ArrayAccess.isNull();
        }
        var into = (ArrayObject.References) target;
        ArrayAccess.check(into, to, count);
        checkElements(instance, segment, from, count);
        fill(into, to, instance, segment, from, count);
    }

    private static void checkElements(InstanceState instance, int segment, int from, int count) {
        if ((from & 0xFFFF_FFFFL) + (count & 0xFFFF_FFFFL) > instance.elementCount(segment)) {
            throw new GuestTrap(TrapCode.TABLE_OUT_OF_BOUNDS);
        }
    }

    private static void fill(
            ArrayObject.References into, int to, InstanceState instance, int segment, int from, int count) {
        for (int i = 0; i < count; i++) {
            into.a[to + i] = instance.element(segment, from + i);
        }
    }
}
