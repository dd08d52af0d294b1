package dev.airlock.engine.runtime;

import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import org.jspecify.annotations.Nullable;

/**
 * Operators on numbers that the JVM has no instruction for (core specification, section 4.3), for generated code. All are
 * small, so that HotSpot inlines them.
 *
 * <p>Unsigned comparisons of 32 bits are made on longs: HotSpot of JDK 17 miscompiles other forms (JDK-8376400).
 */
public final class Numbers {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Numbers() {}

    public static int eqz(int a) {
        return a == 0 ? 1 : 0;
    }

    public static int eqz(long a) {
        return a == 0 ? 1 : 0;
    }

    public static int isNull(@Nullable Object a) {
        return a == null ? 1 : 0;
    }

    public static int eq(int a, int b) {
        return a == b ? 1 : 0;
    }

    public static int ne(int a, int b) {
        return a != b ? 1 : 0;
    }

    public static int lt(int a, int b) {
        return a < b ? 1 : 0;
    }

    public static int ltU(int a, int b) {
        return (a & UNSIGNED) < (b & UNSIGNED) ? 1 : 0;
    }

    public static int gt(int a, int b) {
        return a > b ? 1 : 0;
    }

    public static int gtU(int a, int b) {
        return (a & UNSIGNED) > (b & UNSIGNED) ? 1 : 0;
    }

    public static int le(int a, int b) {
        return a <= b ? 1 : 0;
    }

    public static int leU(int a, int b) {
        return (a & UNSIGNED) <= (b & UNSIGNED) ? 1 : 0;
    }

    public static int ge(int a, int b) {
        return a >= b ? 1 : 0;
    }

    public static int geU(int a, int b) {
        return (a & UNSIGNED) >= (b & UNSIGNED) ? 1 : 0;
    }

    public static int eq(long a, long b) {
        return a == b ? 1 : 0;
    }

    public static int ne(long a, long b) {
        return a != b ? 1 : 0;
    }

    public static int lt(long a, long b) {
        return a < b ? 1 : 0;
    }

    public static int ltU(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    public static int gt(long a, long b) {
        return a > b ? 1 : 0;
    }

    public static int gtU(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? 1 : 0;
    }

    public static int le(long a, long b) {
        return a <= b ? 1 : 0;
    }

    public static int leU(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? 1 : 0;
    }

    public static int ge(long a, long b) {
        return a >= b ? 1 : 0;
    }

    public static int geU(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    public static int eq(float a, float b) {
        return a == b ? 1 : 0;
    }

    public static int ne(float a, float b) {
        return a != b ? 1 : 0;
    }

    public static int lt(float a, float b) {
        return a < b ? 1 : 0;
    }

    public static int gt(float a, float b) {
        return a > b ? 1 : 0;
    }

    public static int le(float a, float b) {
        return a <= b ? 1 : 0;
    }

    public static int ge(float a, float b) {
        return a >= b ? 1 : 0;
    }

    public static int eq(double a, double b) {
        return a == b ? 1 : 0;
    }

    public static int ne(double a, double b) {
        return a != b ? 1 : 0;
    }

    public static int lt(double a, double b) {
        return a < b ? 1 : 0;
    }

    public static int gt(double a, double b) {
        return a > b ? 1 : 0;
    }

    public static int le(double a, double b) {
        return a <= b ? 1 : 0;
    }

    public static int ge(double a, double b) {
        return a >= b ? 1 : 0;
    }

    public static int divS(int a, int b) {
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    public static long divS(long a, long b) {
        if (b == -1 && a == Long.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    private static GuestTrap overflow() {
        return new GuestTrap(TrapCode.INTEGER_OVERFLOW);
    }

    // Selections

    public static int select(int a, int b, int condition) {
        return condition != 0 ? a : b;
    }

    public static long select(long a, long b, int condition) {
        return condition != 0 ? a : b;
    }

    public static float select(float a, float b, int condition) {
        return condition != 0 ? a : b;
    }

    public static double select(double a, double b, int condition) {
        return condition != 0 ? a : b;
    }

    public static @Nullable Object select(@Nullable Object a, @Nullable Object b, int condition) {
        return condition != 0 ? a : b;
    }

    /** The smaller one; a NaN is quiet in the result, which {@link Math#min} does not see to. */
    public static float min(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static float max(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.max(a, b);
    }

    public static double min(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static double max(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.max(a, b);
    }

    /** The sign of a NaN goes as well, which {@link Math#abs} of Java 17 does not see to before it is compiled. */
    public static float abs(float a) {
        return Float.isNaN(a) ? Float.intBitsToFloat(Float.floatToRawIntBits(a) & Integer.MAX_VALUE) : Math.abs(a);
    }

    public static double abs(double a) {
        return Double.isNaN(a) ? Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE) : Math.abs(a);
    }

    public static float ceil(float a) {
        return (float) Math.ceil(a);
    }

    public static float floor(float a) {
        return (float) Math.floor(a);
    }

    public static float nearest(float a) {
        return (float) Math.rint(a);
    }

    public static float trunc(float a) {
        return (float) trunc((double) a);
    }

    public static double ceil(double a) {
        return Double.isNaN(a) ? a + a : Math.ceil(a);
    }

    public static double floor(double a) {
        return Double.isNaN(a) ? a + a : Math.floor(a);
    }

    public static double nearest(double a) {
        return Double.isNaN(a) ? a + a : Math.rint(a);
    }

    public static double trunc(double a) {
        if (Double.isNaN(a)) {
            return a + a;
        }
        return a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    public static float sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    /** One NaN for all, for engines that are to be deterministic. */
    public static float canonical(float a) {
        return Float.isNaN(a) ? Float.NaN : a;
    }

    public static double canonical(double a) {
        return Double.isNaN(a) ? Double.NaN : a;
    }

    // Conversions

    private static GuestTrap notANumber() {
        return new GuestTrap(TrapCode.INVALID_CONVERSION_TO_INTEGER);
    }

    /** Every float is a double, and every bound of 32 bits is one as well. */
    public static int truncS32(double a) {
        if (a > -2147483649.0 && a < 2147483648.0) {
            return (int) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static int truncU32(double a) {
        if (a > -1.0 && a < 4294967296.0) {
            return (int) (long) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static long truncS64(double a) {
        if (a >= -0x1p63 && a < 0x1p63) {
            return (long) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static long truncU64(double a) {
        if (a > -1.0 && a < 0x1p64) {
            return unsigned(a);
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    private static long unsigned(double a) {
        return a < 0x1p63 ? (long) a : (long) (a - 0x1p63) ^ Long.MIN_VALUE;
    }

    /** The check is for C2 of HotSpot, which makes nothing of {@code (float) (double) f}, so that a NaN may stay signalling. */
    public static float demote(double a) {
        return Double.isNaN(a) ? (float) (a + a) : (float) a;
    }

    public static int truncSatU32(double a) {
        return a >= 4294967295.0 ? -1 : a > 0 ? (int) (long) a : 0;
    }

    public static long truncSatU64(double a) {
        return a >= 0x1p64 ? -1 : a > 0 ? unsigned(a) : 0;
    }

    public static float convertU32ToF32(int a) {
        return (float) (a & UNSIGNED);
    }

    public static double convertU32ToF64(int a) {
        return (double) (a & UNSIGNED);
    }

    /** For large values half of them, with the bit that is lost kept for rounding; doubling is exact. */
    public static float convertU64ToF32(long a) {
        return a >= 0 ? (float) a : 2 * (float) (a >>> 1 | a & 1);
    }

    public static double convertU64ToF64(long a) {
        return a >= 0 ? (double) a : 2 * (double) (a >>> 1 | a & 1);
    }

    /** Ends the guest, whose thread is interrupted. */
    public static GuestTrap interrupted() {
        return new GuestTrap(TrapCode.INTERRUPTED);
    }

    /** Ends the guest if its thread is interrupted. */
    public static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    /** For {@code unreachable}. */
    public static GuestTrap unreachable() {
        return new GuestTrap(TrapCode.UNREACHABLE);
    }

    /**
     * One piece of a map from the indices of a large {@code br_table} to its labels.
     *
     * @param known what an earlier piece has found, or 0
     * @param from the first index that this piece is for
     */
    public static int mapped(int known, int index, int from, String piece) {
        int place = index - from;
        return place >= 0 && place < piece.length() ? piece.charAt(place) : known;
    }

    // Wide arithmetic

    /** The high half of a sum of two pairs; the low half is the sum of the low halves. */
    public static long addHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return aHigh + bHigh + (Long.compareUnsigned(aLow + bLow, aLow) < 0 ? 1 : 0);
    }

    public static long subHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return aHigh - bHigh - (Long.compareUnsigned(aLow, bLow) < 0 ? 1 : 0);
    }

    /** The high half of an unsigned product ({@code Math.unsignedMultiplyHigh} is newer than Java 17). */
    public static long mulHighU(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
