package dev.airlock.engine.vector;

import static dev.airlock.engine.vector.VectorInts.pack;

/**
 * Operators on vectors whose result has lanes of another width (core specification, section 4.3.6). Methods that begin with
 * {@code lower} and {@code upper} take the lower and the upper 32 bits of their arguments, whose lanes have the number of bits
 * in the name, and return one half of a result of lanes twice as wide; {@code s} is for signed, {@code u} for unsigned lanes.
 */
public final class VectorWidths {
    private static final long SHORT_TOPS = 0x8000_8000_8000_8000L;
    private static final long EVEN_BYTES = 0x00FF_00FF_00FF_00FFL;
    private static final long EVEN_SHORTS = 0x0000_FFFF_0000_FFFFL;

    private VectorWidths() {}

    public static long lower8u(long a) {
        long pairs = (a & 0xFFFF_FFFFL | a << 16) & EVEN_SHORTS;
        return (pairs | pairs << 8) & EVEN_BYTES;
    }

    public static long upper8u(long a) {
        return lower8u(a >>> 32);
    }

    public static long lower8s(long a) {
        return extendSign(lower8u(a), 0x0080_0080_0080_0080L);
    }

    public static long upper8s(long a) {
        return lower8s(a >>> 32);
    }

    public static long lower16u(long a) {
        return (a & 0xFFFF_FFFFL | a << 16) & EVEN_SHORTS;
    }

    public static long upper16u(long a) {
        return lower16u(a >>> 32);
    }

    public static long lower16s(long a) {
        return pack((short) a, (int) a >> 16);
    }

    public static long upper16s(long a) {
        return lower16s(a >>> 32);
    }

    public static long lower32u(long a) {
        return a & 0xFFFF_FFFFL;
    }

    public static long upper32u(long a) {
        return a >>> 32;
    }

    public static long lower32s(long a) {
        return (int) a;
    }

    public static long upper32s(long a) {
        return a >> 32;
    }

    /** Extends the sign of bytes in lanes of 16 bits: {@code (a ^ sign) - sign}, each lane by itself. */
    private static long extendSign(long a, long signs) {
        return PackedLanes.sub(a ^ signs, signs, SHORT_TOPS);
    }

    private static long evenBytesSigned(long a) {
        return extendSign(a & EVEN_BYTES, 0x0080_0080_0080_0080L);
    }

    public static long mulLower8s(long a, long b) {
        return VectorShorts.mul(lower8s(a), lower8s(b));
    }

    public static long mulUpper8s(long a, long b) {
        return VectorShorts.mul(upper8s(a), upper8s(b));
    }

    public static long mulLower8u(long a, long b) {
        return VectorShorts.mul(lower8u(a), lower8u(b));
    }

    public static long mulUpper8u(long a, long b) {
        return VectorShorts.mul(upper8u(a), upper8u(b));
    }

    public static long mulLower16s(long a, long b) {
        return pack((short) a * (short) b, ((int) a >> 16) * ((int) b >> 16));
    }

    public static long mulUpper16s(long a, long b) {
        return mulLower16s(a >>> 32, b >>> 32);
    }

    public static long mulLower16u(long a, long b) {
        return pack((char) a * (char) b, ((int) a >>> 16) * ((int) b >>> 16));
    }

    public static long mulUpper16u(long a, long b) {
        return mulLower16u(a >>> 32, b >>> 32);
    }

    public static long mulLower32s(long a, long b) {
        return (long) (int) a * (int) b;
    }

    public static long mulUpper32s(long a, long b) {
        return (a >> 32) * (b >> 32);
    }

    public static long mulLower32u(long a, long b) {
        return (a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL);
    }

    public static long mulUpper32u(long a, long b) {
        return (a >>> 32) * (b >>> 32);
    }

    public static long pairwise8s(long a) {
        return PackedLanes.add(evenBytesSigned(a), evenBytesSigned(a >>> 8), SHORT_TOPS);
    }

    public static long pairwise8u(long a) {
        return (a & EVEN_BYTES) + (a >>> 8 & EVEN_BYTES);
    }

    public static long pairwise16s(long a) {
        return pack((short) a + ((int) a >> 16), (short) (a >>> 32) + (int) (a >> 48));
    }

    public static long pairwise16u(long a) {
        return (a & EVEN_SHORTS) + (a >>> 16 & EVEN_SHORTS);
    }

    public static long dot16s(long a, long b) {
        return pack(
                (short) a * (short) b + ((int) a >> 16) * ((int) b >> 16),
                (short) (a >>> 32) * (short) (b >>> 32) + (int) ((a >> 48) * (b >> 48)));
    }

    /** Multiplies signed bytes and adds the products of each pair, saturating, as {@code relaxed_dot} without relaxation. */
    public static long dot8s(long a, long b) {
        return VectorShorts.addSatS(
                VectorShorts.mul(evenBytesSigned(a), evenBytesSigned(b)),
                VectorShorts.mul(evenBytesSigned(a >>> 8), evenBytesSigned(b >>> 8)));
    }

    public static long dotAdd8s(long a, long b, long sum) {
        return VectorInts.add(pairwise16s(dot8s(a, b)), sum);
    }

    /** Returns the 8 lanes of 16 bits of both halves as bytes. */
    public static long narrow16s(long low, long high) {
        return packBytes(saturateSigned(low)) | packBytes(saturateSigned(high)) << 32;
    }

    public static long narrow16u(long low, long high) {
        return packBytes(saturateUnsigned(low)) | packBytes(saturateUnsigned(high)) << 32;
    }

    /** A lane is too large if a bit above the lower seven differs from its sign. */
    private static long saturateSigned(long a) {
        long sign = PackedLanes.fill(a & SHORT_TOPS, 16);
        long tooLarge = ((a ^ sign) & 0x7F80_7F80_7F80_7F80L) + 0x7F80_7F80_7F80_7F80L & SHORT_TOPS;
        return PackedLanes.choose(PackedLanes.fill(tooLarge, 16), sign ^ 0x007F_007F_007F_007FL, a);
    }

    /** Negative lanes become zero; what has a bit above the lower eight becomes all ones. */
    private static long saturateUnsigned(long a) {
        long positive = a & ~PackedLanes.fill(a & SHORT_TOPS, 16);
        long tooLarge = (positive & 0x7F00_7F00_7F00_7F00L) + 0x7F00_7F00_7F00_7F00L & SHORT_TOPS;
        return positive | PackedLanes.fill(tooLarge, 16);
    }

    /** Returns the low bytes of four lanes side by side. */
    private static long packBytes(long a) {
        long bytes = a & EVEN_BYTES;
        long pairs = (bytes | bytes >>> 8) & EVEN_SHORTS;
        return (pairs | pairs >>> 16) & 0xFFFF_FFFFL;
    }

    /** Returns the 4 lanes of 32 bits of both halves as lanes of 16. */
    public static long narrow32s(long low, long high) {
        return narrow32(low, Short.MIN_VALUE, Short.MAX_VALUE) | narrow32(high, Short.MIN_VALUE, Short.MAX_VALUE) << 32;
    }

    public static long narrow32u(long low, long high) {
        return narrow32(low, 0, 0xFFFF) | narrow32(high, 0, 0xFFFF) << 32;
    }

    private static long narrow32(long a, int least, int greatest) {
        int first = Math.max(least, Math.min(greatest, (int) a));
        int second = Math.max(least, Math.min(greatest, (int) (a >> 32)));
        return first & 0xFFFFL | (second & 0xFFFFL) << 16;
    }

    /** Returns two lanes of 64 bits, rounded, as the low half of a result. */
    public static long demote(long low, long high) {
        return VectorFloats.pack(
                DoubleLane.demote(Double.longBitsToDouble(low)), DoubleLane.demote(Double.longBitsToDouble(high)));
    }

    public static long promoteLower(long a) {
        return Double.doubleToRawLongBits(FloatLane.promote(Float.intBitsToFloat((int) a)));
    }

    public static long promoteUpper(long a) {
        return promoteLower(a >>> 32);
    }

    public static long truncSatS(long low, long high) {
        return pack((int) Double.longBitsToDouble(low), (int) Double.longBitsToDouble(high));
    }

    public static long truncSatU(long low, long high) {
        return pack(
                DoubleLane.truncSatU(Double.longBitsToDouble(low)),
                DoubleLane.truncSatU(Double.longBitsToDouble(high)));
    }

    public static long convertLowerS(long a) {
        return Double.doubleToRawLongBits((int) a);
    }

    public static long convertUpperS(long a) {
        return Double.doubleToRawLongBits(a >> 32);
    }

    public static long convertLowerU(long a) {
        return Double.doubleToRawLongBits(a & 0xFFFF_FFFFL);
    }

    public static long convertUpperU(long a) {
        return Double.doubleToRawLongBits(a >>> 32);
    }
}
