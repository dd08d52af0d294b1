package dev.airlock.engine.vector;

/**
 * Operators on vectors of 2 lanes that are {@code f64} (core specification, section 4.3.3). A method takes and returns the bits
 * of one lane.
 */
public final class VectorDoubles {
    private VectorDoubles() {}

    private static double of(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    public static long abs(long a) {
        return a & Long.MAX_VALUE;
    }

    public static long neg(long a) {
        return a ^ Long.MIN_VALUE;
    }

    public static long sqrt(long a) {
        return bits(Math.sqrt(of(a)));
    }

    public static long ceil(long a) {
        return bits(DoubleLane.ceil(of(a)));
    }

    public static long floor(long a) {
        return bits(DoubleLane.floor(of(a)));
    }

    public static long trunc(long a) {
        return bits(DoubleLane.trunc(of(a)));
    }

    public static long nearest(long a) {
        return bits(DoubleLane.nearest(of(a)));
    }

    public static long add(long a, long b) {
        return bits(of(a) + of(b));
    }

    public static long sub(long a, long b) {
        return bits(of(a) - of(b));
    }

    public static long mul(long a, long b) {
        return bits(of(a) * of(b));
    }

    public static long div(long a, long b) {
        return bits(of(a) / of(b));
    }

    public static long min(long a, long b) {
        return bits(DoubleLane.min(of(a), of(b)));
    }

    public static long max(long a, long b) {
        return bits(DoubleLane.max(of(a), of(b)));
    }

    public static long pmin(long a, long b) {
        return bits(DoubleLane.pmin(of(a), of(b)));
    }

    public static long pmax(long a, long b) {
        return bits(DoubleLane.pmax(of(a), of(b)));
    }

    public static long eq(long a, long b) {
        return DoubleLane.eq(of(a), of(b));
    }

    public static long ne(long a, long b) {
        return DoubleLane.ne(of(a), of(b));
    }

    public static long lt(long a, long b) {
        return DoubleLane.lt(of(a), of(b));
    }

    public static long gt(long a, long b) {
        return DoubleLane.gt(of(a), of(b));
    }

    public static long le(long a, long b) {
        return DoubleLane.le(of(a), of(b));
    }

    public static long ge(long a, long b) {
        return DoubleLane.ge(of(a), of(b));
    }

    /** Not fused: the deterministic profile rounds the product. */
    public static long madd(long a, long b, long c) {
        return bits(of(a) * of(b) + of(c));
    }

    public static long nmadd(long a, long b, long c) {
        return bits(-of(a) * of(b) + of(c));
    }
}
