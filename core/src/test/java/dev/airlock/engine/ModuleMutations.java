package dev.airlock.engine;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Makes modules with a few mistakes of modules that are valid, always the same ones of a seed. */
final class ModuleMutations {
    private static final int HEADER = 8;
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_PIECE = 24;

    /** Bytes that stand for types, for frequent operators and for the ends of numbers. */
    private static final int[] MEANINGFUL = {
        0x7F, 0x7E, 0x7D, 0x7C, 0x7B, 0x70, 0x6F, 0x6E, 0x6D, 0x6C, 0x6B, 0x6A, 0x69, 0x71, 0x72, 0x73, 0x74, 0x63,
                0x64, 0x78, 0x77,
        0x5E, 0x5F, 0x60, 0x4E, 0x4F, 0x50, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B,
                0x0C, 0x0D, 0x0E,
        0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x24,
                0x25, 0x26, 0x28,
        0x3F, 0x40, 0x41, 0x42, 0x45, 0x6A, 0x80, 0xA7, 0xC0, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xFB, 0xFC,
                0xFD, 0xFE, 0xFF
    };

    /** 2^31 - 1, 2^31 and 2^32 - 1 in unsigned LEB128, and -2^31 in signed. */
    private static final byte[][] NUMBERS = {
        {-1, -1, -1, -1, 0x07}, {-128, -128, -128, -128, 0x08}, {-1, -1, -1, -1, 0x0F}, {-128, -128, -128, -128, 0x78}
    };

    private final List<byte[]> originals;
    private final Random random;

    ModuleMutations(List<byte[]> originals, long seed) {
        this.originals = originals;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = HEADER + random.nextInt(bytes.length - HEADER);
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> bytes[at] = (byte) MEANINGFUL[random.nextInt(MEANINGFUL.length)];
            case 3, 4 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 5 -> bytes[at] = (byte) random.nextInt();
            case 6 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 7, 8 -> bytes[at] = bytes[HEADER + random.nextInt(bytes.length - HEADER)];
            case 9, 10 -> {
                // A piece over another of the same length, so that sizes stay right.
                int length = Math.min(1 + random.nextInt(LONGEST_PIECE), bytes.length - at);
                int from = HEADER + random.nextInt(bytes.length - HEADER - length + 1);
                System.arraycopy(bytes, from, bytes, at, length);
            }
            case 11 -> {
                byte[] number = NUMBERS[random.nextInt(NUMBERS.length)];
                System.arraycopy(number, 0, bytes, at, Math.min(number.length, bytes.length - at));
            }
            default -> {
                return moved(bytes, at);
            }
        }
        return bytes;
    }

    /** Removes a piece, or has it twice. */
    private byte[] moved(byte[] bytes, int from) {
        int length = Math.min(1 + random.nextInt(LONGEST_PIECE), bytes.length - from);
        boolean isTwice = random.nextBoolean() || bytes.length - length <= HEADER;
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, isTwice ? from + length : from);
        int next = isTwice ? from : from + length;
        out.write(bytes, next, bytes.length - next);
        return out.toByteArray();
    }
}
