package dev.airlock.engine.vector;

/**
 * Operators on vectors of 4 lanes of 32 bits (core specification, section 4.3.5). A method takes and returns one half of a
 * vector, two lanes, unless it has parameters {@code low} and {@code high}.
 */
public final class VectorInts {
    private static final long LOW = 0xFFFF_FFFFL;
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;

    private VectorInts() {}

    /** Returns the half whose lanes are given. */
    static long pack(int first, int second) {
        return first & LOW | (long) second << 32;
    }

    private static int second(long a) {
        return (int) (a >>> 32);
    }

    public static long abs(long a) {
        return pack(IntLane.abs((int) a), IntLane.abs(second(a)));
    }

    public static long neg(long a) {
        return -a & LOW | -(a & HIGH);
    }

    public static long add(long a, long b) {
        return a + b & LOW | (a & HIGH) + (b & HIGH);
    }

    public static long sub(long a, long b) {
        return a - b & LOW | (a & HIGH) - (b & HIGH);
    }

    public static long mul(long a, long b) {
        return a * b & LOW | (a >>> 32) * (b >>> 32) << 32;
    }

    public static long minS(long a, long b) {
        return pack(Math.min((int) a, (int) b), Math.min(second(a), second(b)));
    }

    public static long minU(long a, long b) {
        return pack(IntLane.minU((int) a, (int) b), IntLane.minU(second(a), second(b)));
    }

    public static long maxS(long a, long b) {
        return pack(Math.max((int) a, (int) b), Math.max(second(a), second(b)));
    }

    public static long maxU(long a, long b) {
        return pack(IntLane.maxU((int) a, (int) b), IntLane.maxU(second(a), second(b)));
    }

    public static long eq(long a, long b) {
        return ~ne(a, b);
    }

    public static long ne(long a, long b) {
        return pack(IntLane.ne((int) a, (int) b), IntLane.ne(second(a), second(b)));
    }

    public static long ltS(long a, long b) {
        return pack(IntLane.ltS((int) a, (int) b), IntLane.ltS(second(a), second(b)));
    }

    public static long ltU(long a, long b) {
        return pack(IntLane.ltU((int) a, (int) b), IntLane.ltU(second(a), second(b)));
    }

    public static long gtS(long a, long b) {
        return ltS(b, a);
    }

    public static long gtU(long a, long b) {
        return ltU(b, a);
    }

    public static long leS(long a, long b) {
        return ~ltS(b, a);
    }

    public static long leU(long a, long b) {
        return ~ltU(b, a);
    }

    public static long geS(long a, long b) {
        return ~ltS(a, b);
    }

    public static long geU(long a, long b) {
        return ~ltU(a, b);
    }

    public static long shl(long a, int count) {
        return pack((int) a << count, second(a) << count);
    }

    public static long shrS(long a, int count) {
        return pack((int) a >> count, second(a) >> count);
    }

    public static long shrU(long a, int count) {
        return pack((int) a >>> count, second(a) >>> count);
    }

    public static int allTrue(long low, long high) {
        return (int) low != 0 && second(low) != 0 && (int) high != 0 && second(high) != 0 ? 1 : 0;
    }

    public static int bitmask(long low, long high) {
        return (int) low >>> 31 | second(low) >>> 31 << 1 | (int) high >>> 31 << 2 | second(high) >>> 31 << 3;
    }
}
