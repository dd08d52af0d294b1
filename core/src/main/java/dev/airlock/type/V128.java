package dev.airlock.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A vector of 128 bits (core specification, section 4.2.1): 16 bytes in two halves, as a load from memory reads them. So lane 0
 * of any shape lies in the lowest bits of the low half.
 *
 * @param low bytes 0 to 7, byte 0 lowest
 * @param high bytes 8 to 15, byte 8 lowest
 */
public record V128(long low, long high) {
    /** All bits zero. */
    public static final V128 ZERO = new V128(0, 0);

    /**
     * Returns the vector of 16 bytes.
     *
     * @param bytes the bytes, as they would lie in memory
     * @return the vector
     * @throws IllegalArgumentException if there are not 16
     */
    public static V128 of(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("a vector has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new V128(buffer.getLong(), buffer.getLong());
    }

    /** {@return a new array of the 16 bytes, as they would lie in memory} */
    public byte[] bytes() {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(low)
                .putLong(high)
                .array();
    }

    /** Returns the bytes as two hexadecimal digits each, byte 0 first. */
    @Override
    public String toString() {
        return "v128:" + HexFormat.of().formatHex(bytes());
    }
}
