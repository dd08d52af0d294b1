package dev.airlock.engine.vector;

/**
 * Operators on one lane of 32 bits, for vectors that lie in four {@code float}s. A signalling NaN becomes quiet wherever the
 * specification says so (section 4.3.3): the JVM's interpreter, its compilers and its constant folding differ in that.
 */
public final class FloatLane {
    private static final int QUIET = 0x0040_0000;

    private FloatLane() {}

    private static float quiet(float nan) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(nan) | QUIET);
    }

    /** {@link Math#abs(float)} keeps the sign of a NaN in JDK 17's interpreter. */
    public static float abs(float a) {
        return Float.isNaN(a) ? Float.intBitsToFloat(Float.floatToRawIntBits(a) & Integer.MAX_VALUE) : Math.abs(a);
    }

    public static float min(float a, float b) {
        float result = Math.min(a, b);
        return Float.isNaN(result) ? quiet(result) : result;
    }

    public static float max(float a, float b) {
        float result = Math.max(a, b);
        return Float.isNaN(result) ? quiet(result) : result;
    }

    public static float pmin(float a, float b) {
        return b < a ? b : a;
    }

    public static float pmax(float a, float b) {
        return a < b ? b : a;
    }

    public static float ceil(float a) {
        return Float.isNaN(a) ? quiet(a) : (float) Math.ceil(a);
    }

    public static float floor(float a) {
        return Float.isNaN(a) ? quiet(a) : (float) Math.floor(a);
    }

    public static float trunc(float a) {
        return Float.isNaN(a) ? quiet(a) : (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
    }

    public static float nearest(float a) {
        return Float.isNaN(a) ? quiet(a) : (float) Math.rint(a);
    }

    public static float sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    public static int eq(float a, float b) {
        return a == b ? -1 : 0;
    }

    public static int ne(float a, float b) {
        return a != b ? -1 : 0;
    }

    public static int lt(float a, float b) {
        return a < b ? -1 : 0;
    }

    public static int gt(float a, float b) {
        return a > b ? -1 : 0;
    }

    public static int le(float a, float b) {
        return a <= b ? -1 : 0;
    }

    public static int ge(float a, float b) {
        return a >= b ? -1 : 0;
    }

    public static int truncSatU(float a) {
        return (int) Math.max(0, Math.min(0xFFFF_FFFFL, (long) a));
    }

    public static float convertU(int a) {
        return a & 0xFFFF_FFFFL;
    }

    public static double promote(float a) {
        return Float.isNaN(a) ? quiet(a) : a;
    }

    /** Not fused: the specification's deterministic profile rounds the product. */
    public static float madd(float a, float b, float c) {
        return a * b + c;
    }

    public static float nmadd(float a, float b, float c) {
        return -a * b + c;
    }

    /** Returns the canonical NaN instead of any other. */
    public static float canonical(float a) {
        return Float.isNaN(a) ? Float.intBitsToFloat(0x7FC0_0000) : a;
    }

    /** Makes a NaN quiet: C2 leaves out an operation whose operand is a constant that changes nothing. */
    public static float quieted(float a) {
        return Float.isNaN(a) ? quiet(a) : a;
    }
}
