package dev.airlock.engine.vector;

/** Operators on the lanes of a vector whatever they mean (core specification, section 4.3.5). */
public final class VectorLanes {
    private static final long TOPS = 0x8080_8080_8080_8080L;

    private VectorLanes() {}

    public static long splat8(int value) {
        return (value & 0xFF) * 0x0101_0101_0101_0101L;
    }

    public static long splat16(int value) {
        return (value & 0xFFFF) * 0x0001_0001_0001_0001L;
    }

    public static long splat32(int value) {
        return VectorInts.pack(value, value);
    }

    public static long splat(float value) {
        return splat32(Float.floatToRawIntBits(value));
    }

    public static long splat(double value) {
        return Double.doubleToRawLongBits(value);
    }

    public static int anyTrue(long low, long high) {
        return (low | high) != 0 ? 1 : 0;
    }

    /**
     * Returns the bytes of a vector that one half of another vector names by their numbers; zero for numbers above 15.
     *
     * @param low the low half of the vector
     */
    public static long swizzle(long low, long high, long numbers) {
        long difference = low ^ high;
        long result = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            long number = numbers >>> shift;
            // Bit 3 of the number chooses the half, bits 0 to 2 the byte: a shift takes its count modulo 64.
            long half = low ^ difference & number << 60 >> 63;
            result |= (half >>> (int) (number << 3) & 0xFF) << shift;
        }
        return result & PackedLanes.fill(PackedLanes.zero(numbers & 0xF0F0_F0F0_F0F0_F0F0L, TOPS), 8);
    }
}
