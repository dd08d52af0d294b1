package dev.airlock.engine.vector;

/**
 * Operators on vectors of 2 lanes of 64 bits (core specification, section 4.3.5). A method takes and returns one lane, unless
 * it has parameters {@code low} and {@code high}. Comparisons return 0 or -1 and have no branch, since lanes are data.
 */
public final class VectorLongs {
    private VectorLongs() {}

    public static long abs(long a) {
        long sign = a >> 63;
        return (a ^ sign) - sign;
    }

    public static long neg(long a) {
        return -a;
    }

    public static long add(long a, long b) {
        return a + b;
    }

    public static long sub(long a, long b) {
        return a - b;
    }

    public static long mul(long a, long b) {
        return a * b;
    }

    public static long eq(long a, long b) {
        return ~ne(a, b);
    }

    public static long ne(long a, long b) {
        long difference = a ^ b;
        return (difference | -difference) >> 63;
    }

    /** The sign of the difference tells, unless the operands differ in sign, so that it may overflow. */
    public static long ltS(long a, long b) {
        return (a & ~b | ~(a ^ b) & a - b) >> 63;
    }

    public static long gtS(long a, long b) {
        return ltS(b, a);
    }

    public static long leS(long a, long b) {
        return ~ltS(b, a);
    }

    public static long geS(long a, long b) {
        return ~ltS(a, b);
    }

    public static long shl(long a, int count) {
        return a << count;
    }

    public static long shrS(long a, int count) {
        return a >> count;
    }

    public static long shrU(long a, int count) {
        return a >>> count;
    }

    public static int allTrue(long low, long high) {
        return low != 0 && high != 0 ? 1 : 0;
    }

    public static int bitmask(long low, long high) {
        return (int) (low >>> 63 | high >>> 63 << 1);
    }
}
