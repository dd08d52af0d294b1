package dev.airlock.engine.vector;

/** Operators on one lane of 64 bits, for vectors that lie in two {@code double}s; see {@link FloatLane}. */
public final class DoubleLane {
    private static final long QUIET = 0x0008_0000_0000_0000L;

    private DoubleLane() {}

    private static double quiet(double nan) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(nan) | QUIET);
    }

    /** {@link Math#abs(double)} keeps the sign of a NaN in JDK 17's interpreter. */
    public static double abs(double a) {
        return Double.isNaN(a) ? Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE) : Math.abs(a);
    }

    public static double min(double a, double b) {
        double result = Math.min(a, b);
        return Double.isNaN(result) ? quiet(result) : result;
    }

    public static double max(double a, double b) {
        double result = Math.max(a, b);
        return Double.isNaN(result) ? quiet(result) : result;
    }

    public static double pmin(double a, double b) {
        return b < a ? b : a;
    }

    public static double pmax(double a, double b) {
        return a < b ? b : a;
    }

    public static double ceil(double a) {
        return Double.isNaN(a) ? quiet(a) : Math.ceil(a);
    }

    public static double floor(double a) {
        return Double.isNaN(a) ? quiet(a) : Math.floor(a);
    }

    public static double trunc(double a) {
        return Double.isNaN(a) ? quiet(a) : a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    public static double nearest(double a) {
        return Double.isNaN(a) ? quiet(a) : Math.rint(a);
    }

    public static long eq(double a, double b) {
        return a == b ? -1 : 0;
    }

    public static long ne(double a, double b) {
        return a != b ? -1 : 0;
    }

    public static long lt(double a, double b) {
        return a < b ? -1 : 0;
    }

    public static long gt(double a, double b) {
        return a > b ? -1 : 0;
    }

    public static long le(double a, double b) {
        return a <= b ? -1 : 0;
    }

    public static long ge(double a, double b) {
        return a >= b ? -1 : 0;
    }

    public static int truncSatU(double a) {
        return (int) Math.max(0, Math.min(0xFFFF_FFFFL, (long) a));
    }

    public static float demote(double a) {
        return (float) (Double.isNaN(a) ? quiet(a) : a);
    }

    /** Not fused: the specification's deterministic profile rounds the product. */
    public static double madd(double a, double b, double c) {
        return a * b + c;
    }

    public static double nmadd(double a, double b, double c) {
        return -a * b + c;
    }

    /** Returns the canonical NaN instead of any other. */
    public static double canonical(double a) {
        return Double.isNaN(a) ? Double.longBitsToDouble(0x7FF8_0000_0000_0000L) : a;
    }

    /** Makes a NaN quiet: C2 leaves out an operation whose operand is a constant that changes nothing. */
    public static double quieted(double a) {
        return Double.isNaN(a) ? quiet(a) : a;
    }
}
