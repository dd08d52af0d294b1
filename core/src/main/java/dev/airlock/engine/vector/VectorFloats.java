package dev.airlock.engine.vector;

/**
 * Operators on vectors of 4 lanes that are {@code f32} (core specification, sections 4.3.3 and 4.3.6). A method takes and
 * returns one half of a vector, two lanes.
 */
public final class VectorFloats {
    private VectorFloats() {}

    /** Returns the half whose lanes are given. */
    static long pack(float first, float second) {
        return VectorInts.pack(Float.floatToRawIntBits(first), Float.floatToRawIntBits(second));
    }

    private static float first(long a) {
        return Float.intBitsToFloat((int) a);
    }

    private static float second(long a) {
        return Float.intBitsToFloat((int) (a >>> 32));
    }

    public static long abs(long a) {
        return a & 0x7FFF_FFFF_7FFF_FFFFL;
    }

    public static long neg(long a) {
        return a ^ 0x8000_0000_8000_0000L;
    }

    public static long ceil(long a) {
        return pack(FloatLane.ceil(first(a)), FloatLane.ceil(second(a)));
    }

    public static long floor(long a) {
        return pack(FloatLane.floor(first(a)), FloatLane.floor(second(a)));
    }

    public static long trunc(long a) {
        return pack(FloatLane.trunc(first(a)), FloatLane.trunc(second(a)));
    }

    public static long nearest(long a) {
        return pack(FloatLane.nearest(first(a)), FloatLane.nearest(second(a)));
    }

    public static long sqrt(long a) {
        return pack(FloatLane.sqrt(first(a)), FloatLane.sqrt(second(a)));
    }

    public static long add(long a, long b) {
        return pack(first(a) + first(b), second(a) + second(b));
    }

    public static long sub(long a, long b) {
        return pack(first(a) - first(b), second(a) - second(b));
    }

    public static long mul(long a, long b) {
        return pack(first(a) * first(b), second(a) * second(b));
    }

    public static long div(long a, long b) {
        return pack(first(a) / first(b), second(a) / second(b));
    }

    public static long min(long a, long b) {
        return pack(FloatLane.min(first(a), first(b)), FloatLane.min(second(a), second(b)));
    }

    public static long max(long a, long b) {
        return pack(FloatLane.max(first(a), first(b)), FloatLane.max(second(a), second(b)));
    }

    public static long pmin(long a, long b) {
        return pack(FloatLane.pmin(first(a), first(b)), FloatLane.pmin(second(a), second(b)));
    }

    public static long pmax(long a, long b) {
        return pack(FloatLane.pmax(first(a), first(b)), FloatLane.pmax(second(a), second(b)));
    }

    public static long eq(long a, long b) {
        return VectorInts.pack(FloatLane.eq(first(a), first(b)), FloatLane.eq(second(a), second(b)));
    }

    public static long ne(long a, long b) {
        return VectorInts.pack(FloatLane.ne(first(a), first(b)), FloatLane.ne(second(a), second(b)));
    }

    public static long lt(long a, long b) {
        return VectorInts.pack(FloatLane.lt(first(a), first(b)), FloatLane.lt(second(a), second(b)));
    }

    public static long gt(long a, long b) {
        return VectorInts.pack(FloatLane.gt(first(a), first(b)), FloatLane.gt(second(a), second(b)));
    }

    public static long le(long a, long b) {
        return VectorInts.pack(FloatLane.le(first(a), first(b)), FloatLane.le(second(a), second(b)));
    }

    public static long ge(long a, long b) {
        return VectorInts.pack(FloatLane.ge(first(a), first(b)), FloatLane.ge(second(a), second(b)));
    }

    /** Not fused: the deterministic profile rounds the product. */
    public static long madd(long a, long b, long c) {
        return pack(first(a) * first(b) + first(c), second(a) * second(b) + second(c));
    }

    public static long nmadd(long a, long b, long c) {
        return pack(-first(a) * first(b) + first(c), -second(a) * second(b) + second(c));
    }

    public static long truncSatS(long a) {
        return VectorInts.pack((int) first(a), (int) second(a));
    }

    public static long truncSatU(long a) {
        return VectorInts.pack(FloatLane.truncSatU(first(a)), FloatLane.truncSatU(second(a)));
    }

    public static long convertS(long a) {
        return pack((int) a, (int) (a >>> 32));
    }

    public static long convertU(long a) {
        return pack(FloatLane.convertU((int) a), FloatLane.convertU((int) (a >>> 32)));
    }
}
