package dev.airlock.engine.vector;

/**
 * Operators on one lane of 32 bits, for vectors that lie in four {@code int}s. Comparisons return 0 or -1 and have no branch:
 * lanes are data, so a branch would be mispredicted; and C2 of JDK 17 folds some branches on {@code int} comparisons wrongly
 * (JDK-8376400).
 */
public final class IntLane {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private IntLane() {}

    public static int abs(int a) {
        int sign = a >> 31;
        return (a ^ sign) - sign;
    }

    public static int eq(int a, int b) {
        return ~ne(a, b);
    }

    public static int ne(int a, int b) {
        int difference = a ^ b;
        return (difference | -difference) >> 31;
    }

    public static int ltS(int a, int b) {
        return (int) ((long) a - b >> 63);
    }

    public static int ltU(int a, int b) {
        return (int) ((a & UNSIGNED) - (b & UNSIGNED) >> 63);
    }

    public static int gtS(int a, int b) {
        return ltS(b, a);
    }

    public static int gtU(int a, int b) {
        return ltU(b, a);
    }

    public static int leS(int a, int b) {
        return ~ltS(b, a);
    }

    public static int leU(int a, int b) {
        return ~ltU(b, a);
    }

    public static int geS(int a, int b) {
        return ~ltS(a, b);
    }

    public static int geU(int a, int b) {
        return ~ltU(a, b);
    }

    public static int minU(int a, int b) {
        return (int) Math.min(a & UNSIGNED, b & UNSIGNED);
    }

    public static int maxU(int a, int b) {
        return (int) Math.max(a & UNSIGNED, b & UNSIGNED);
    }

    public static int anyTrue(int a, int b, int c, int d) {
        return (a | b | c | d) != 0 ? 1 : 0;
    }

    public static int allTrue(int a, int b, int c, int d) {
        return (ne(a, 0) & ne(b, 0) & ne(c, 0) & ne(d, 0)) & 1;
    }

    public static int bitmask(int a, int b, int c, int d) {
        return a >>> 31 | b >>> 31 << 1 | c >>> 31 << 2 | d >>> 31 << 3;
    }

    /** Adds the products of the two lanes of 16 bits. */
    public static int dot16s(int a, int b) {
        return (short) a * (short) b + (a >> 16) * (b >> 16);
    }

    public static int pairwise16s(int a) {
        return (short) a + (a >> 16);
    }

    public static int pairwise16u(int a) {
        return (char) a + (a >>> 16);
    }

    public static long narrow32s(int a, int b, int c, int d) {
        return VectorWidths.narrow32s(VectorInts.pack(a, b), VectorInts.pack(c, d));
    }

    public static long narrow32u(int a, int b, int c, int d) {
        return VectorWidths.narrow32u(VectorInts.pack(a, b), VectorInts.pack(c, d));
    }
}
