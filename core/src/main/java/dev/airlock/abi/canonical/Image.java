package dev.airlock.abi.canonical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that are to lie in a guest's memory, made ready in Java, with what they refer to: other images, arrays, resources.
 * Their pointers and handles are filled in once the guest has given them.
 *
 * <pre>{@code
 * image     ┌─────┬─────┬─────┬─────┐        children  → "ada" at 0, → "lovelace" at 8
 *           │  ?  │  3  │  ?  │  8  │
 *           └─────┴─────┴─────┴─────┘
 * }</pre>
 */
final class Image {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Child[] NONE = {};

    /** A block or resource that an image refers to. */
    sealed interface Child permits Block, Handle {
        /** The offset in the image that gets its pointer or handle. */
        int place();
    }

    /** @param elements an image or a primitive array */
    record Block(int place, Object elements, int align) implements Child {}

    record Handle(int place, int resource, boolean own, Object representation) implements Child {}

    private final byte[] bytes;
    private Child[] children = NONE;
    private int size;

    private Image(int length) {
        this.bytes = new byte[length];
    }

    static Image of(int count, int size, String name) {
        long length = (long) count * size;
        if (length > CanonicalOperations.MAX_BYTES) {
            throw CanonicalOperations.tooLong(length, name);
        }
        return new Image((int) length);
    }

    byte[] bytes() {
        return bytes;
    }

    int children() {
        return size;
    }

    Child child(int index) {
        return children[index];
    }

    void putByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    void putShort(int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    void putInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    void putLong(int at, long value) {
        LONGS.set(bytes, at, value);
    }

    void putFloat(int at, float value) {
        INTS.set(bytes, at, Float.floatToRawIntBits(value));
    }

    void putDouble(int at, double value) {
        LONGS.set(bytes, at, Double.doubleToRawLongBits(value));
    }

    void attach(int at, Object elements, int count, int align) {
        INTS.set(bytes, at + 4, count);
        add(new Block(at, elements, align));
    }

    void attachHandle(int at, Object representation, int resource, boolean own) {
        add(new Handle(at, resource, own, representation));
    }

    private void add(Child child) {
        if (size == children.length) {
            children = Arrays.copyOf(children, size + Math.max(4, size));
        }
        children[size++] = child;
    }
}
