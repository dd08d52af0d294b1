package dev.airlock.engine.vector;

import static dev.airlock.engine.vector.PackedLanes.choose;
import static dev.airlock.engine.vector.PackedLanes.fill;
import static dev.airlock.engine.vector.PackedLanes.lessSigned;
import static dev.airlock.engine.vector.PackedLanes.lessUnsigned;

/**
 * Operators on vectors of 8 lanes of 16 bits (core specification, section 4.3.5). A method takes and returns one half of a vector, 4 lanes,
 * unless it has parameters {@code low} and {@code high}.
 */
public final class VectorShorts {
    private static final int WIDTH = 16;
    private static final long TOPS = 0x8000_8000_8000_8000L;

    private VectorShorts() {}

    public static long abs(long a) {
        return PackedLanes.abs(a, TOPS, WIDTH);
    }

    public static long neg(long a) {
        return PackedLanes.sub(0, a, TOPS);
    }

    public static long add(long a, long b) {
        return PackedLanes.add(a, b, TOPS);
    }

    public static long sub(long a, long b) {
        return PackedLanes.sub(a, b, TOPS);
    }

    public static long addSatS(long a, long b) {
        return PackedLanes.addSaturatingSigned(a, b, TOPS, WIDTH);
    }

    public static long addSatU(long a, long b) {
        return PackedLanes.addSaturatingUnsigned(a, b, TOPS, WIDTH);
    }

    public static long subSatS(long a, long b) {
        return PackedLanes.subSaturatingSigned(a, b, TOPS, WIDTH);
    }

    public static long subSatU(long a, long b) {
        return PackedLanes.subSaturatingUnsigned(a, b, TOPS, WIDTH);
    }

    public static long avgrU(long a, long b) {
        return PackedLanes.average(a, b, TOPS, WIDTH);
    }

    public static long minS(long a, long b) {
        return choose(ltS(a, b), a, b);
    }

    public static long minU(long a, long b) {
        return choose(ltU(a, b), a, b);
    }

    public static long maxS(long a, long b) {
        return choose(ltS(a, b), b, a);
    }

    public static long maxU(long a, long b) {
        return choose(ltU(a, b), b, a);
    }

    public static long eq(long a, long b) {
        return fill(PackedLanes.zero(a ^ b, TOPS), WIDTH);
    }

    public static long ne(long a, long b) {
        return fill(PackedLanes.nonZero(a ^ b, TOPS), WIDTH);
    }

    public static long ltS(long a, long b) {
        return fill(lessSigned(a, b, TOPS), WIDTH);
    }

    public static long ltU(long a, long b) {
        return fill(lessUnsigned(a, b, TOPS), WIDTH);
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
        int n = count & WIDTH - 1;
        return (a & (TOPS >>> n) * 2 - (TOPS >>> WIDTH - 1)) << n;
    }

    public static long shrU(long a, int count) {
        int n = count & WIDTH - 1;
        return a >>> n & (TOPS >>> n) * 2 - (TOPS >>> WIDTH - 1);
    }

    public static long shrS(long a, int count) {
        int n = count & WIDTH - 1;
        long kept = (TOPS >>> n) * 2 - (TOPS >>> WIDTH - 1);
        return a >>> n & kept | fill(a & TOPS, WIDTH) & ~kept;
    }

    public static int allTrue(long low, long high) {
        return (PackedLanes.nonZero(low, TOPS) & PackedLanes.nonZero(high, TOPS)) == TOPS ? 1 : 0;
    }

    public static int bitmask(long low, long high) {
        return topBits(low) | topBits(high) << 4;
    }

    private static int topBits(long a) {
        return (int) (((a & TOPS) >>> 15) * 0x0001_0002_0004_0008L >>> 48) & 0xF;
    }

    public static long mul(long a, long b) {
        return a * b & 0xFFFFL
                | (a >>> 16) * (b >>> 16) << 16 & 0xFFFF_0000L
                | (a >>> 32) * (b >>> 32) << 32 & 0xFFFF_0000_0000L
                | (a >>> 48) * (b >>> 48) << 48;
    }

    public static long q15mulrSatS(long a, long b) {
        long result = 0;
        for (int shift = 0; shift < 64; shift += WIDTH) {
            int product = (short) (a >>> shift) * (short) (b >>> shift);
            // Only -1 * -1 leaves the range.
            result |= (Math.min(product + 0x4000 >> 15, Short.MAX_VALUE) & 0xFFFFL) << shift;
        }
        return result;
    }
}
