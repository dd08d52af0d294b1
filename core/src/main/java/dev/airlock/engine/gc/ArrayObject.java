package dev.airlock.engine.gc;

import dev.airlock.engine.validate.DefinedType;
import org.jspecify.annotations.Nullable;

/** An array (core specification, section 4.2.14): a Java array of how its elements are stored, and its type. */
public abstract sealed class ArrayObject extends CollectedObject {
    /** With the header of the Java array. */
    static final int BYTES = CollectedObject.BYTES + CollectedObject.REFERENCE_BYTES + 20;

    ArrayObject(DefinedType type) {
        super(type);
    }

    public abstract int length();

    /** Returns the Java array. */
    public abstract Object elements();

    /** Returns an element that is a number, as raw bits; a packed one sign-extended; of a vector, the low half. */
    public abstract long number(int index);

    public abstract void setNumber(int index, long bits);

    /** Elements of 8 bits. */
    public static final class Bytes extends ArrayObject {
        public final byte[] a;

        Bytes(DefinedType type, byte[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return a[index];
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = (byte) bits;
        }
    }

    /** Elements of 16 bits. */
    public static final class Shorts extends ArrayObject {
        public final short[] a;

        Shorts(DefinedType type, short[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return a[index];
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = (short) bits;
        }
    }

    /** Elements of i32. */
    public static final class Ints extends ArrayObject {
        public final int[] a;

        Ints(DefinedType type, int[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return a[index];
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = (int) bits;
        }
    }

    /** Elements of i64. */
    public static final class Longs extends ArrayObject {
        public final long[] a;

        Longs(DefinedType type, long[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return a[index];
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = bits;
        }
    }

    /** Elements of f32. */
    public static final class Floats extends ArrayObject {
        public final float[] a;

        Floats(DefinedType type, float[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return Float.floatToRawIntBits(a[index]);
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = Float.intBitsToFloat((int) bits);
        }
    }

    /** Elements of f64. */
    public static final class Doubles extends ArrayObject {
        public final double[] a;

        Doubles(DefinedType type, double[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return Double.doubleToRawLongBits(a[index]);
        }

        @Override
        public void setNumber(int index, long bits) {
            a[index] = Double.longBitsToDouble(bits);
        }
    }

    /** Elements of v128: two longs each, low half first. */
    public static final class Vectors extends ArrayObject {
        public final long[] a;

        Vectors(DefinedType type, long[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length >> 1;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            return a[2 * index];
        }

        @Override
        public void setNumber(int index, long bits) {
            a[2 * index] = bits;
        }

        public long high(int index) {
            return a[2 * index + 1];
        }

        public void setHigh(int index, long bits) {
            a[2 * index + 1] = bits;
        }
    }

    /** Elements that are references. */
    public static final class References extends ArrayObject {
        public final @Nullable Object[] a;

        References(DefinedType type, @Nullable Object[] a) {
            super(type);
            this.a = a;
        }

        @Override
        public int length() {
            return a.length;
        }

        @Override
        public Object elements() {
            return a;
        }

        @Override
        public long number(int index) {
            throw new IllegalStateException("a reference, not a number");
        }

        @Override
        public void setNumber(int index, long bits) {
            throw new IllegalStateException("a reference, not a number");
        }
    }
}
