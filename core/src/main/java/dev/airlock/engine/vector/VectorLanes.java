package dev.airlock.engine.vector;

/** Operators on the lanes of a vector whatever they mean (core specification, section 4.3.5). */
public final class VectorLanes {
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
        long result = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            int number = (int) (numbers >>> shift);
            // Bit 3 of the number chooses the half, bits 4 to 7 make the result zero; a branch on data would be
            // mispredicted.
            long half = PackedLanes.choose(-(number >>> 3 & 1), high, low);
            long inRange = (number & 0xF0) - 1 >> 31;
            result |= (half >>> (number & 7) * 8 & 0xFF & inRange) << shift;
        }
        return result;
    }
}
