package dev.airlock.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Strings all of whose characters are one byte in a charset, ASCII or Latin-1, and that byte their number: they can be
 * {@linkplain #write written} as they are. Java does not say what a string holds, short of making bytes of it, so pieces of
 * it go through the charset's own encoder, which HotSpot does by vector instructions, into a buffer that is thrown away: no
 * allocation, and most of it stays in the processor's first cache.
 *
 * <p>Serves one thread at a time.
 */
public final class NarrowText {
    /** Shorter strings are looked at as they are. */
    private static final int SHORT = 12;

    private static final int PIECE = 2048;

    private final char[] piece = new char[PIECE];
    private final CharBuffer in = CharBuffer.wrap(piece);
    private final ByteBuffer out = ByteBuffer.allocate(PIECE);
    private final CharsetEncoder encoder;
    private final char highest;

    private NarrowText(Charset charset, char highest) {
        this.encoder = charset.newEncoder();
        this.highest = highest;
    }

    /**
     * Returns a check for strings of ASCII characters. One thread at a time may use it.
     *
     * @return the check
     */
    public static NarrowText ascii() {
        return new NarrowText(StandardCharsets.US_ASCII, '\u007f');
    }

    /**
     * Returns a check for strings of Latin-1 characters. One thread at a time may use it.
     *
     * @return the check
     */
    public static NarrowText latin1() {
        return new NarrowText(StandardCharsets.ISO_8859_1, '\u00ff');
    }

    /**
     * Returns whether a string has only characters of this charset.
     *
     * @param text the string
     * @return true if each character is one byte in this charset
     */
    public boolean holds(String text) {
        int length = text.length();
        if (length < SHORT) {
            for (int i = 0; i < length; i++) {
                if (text.charAt(i) > highest) {
                    return false;
                }
            }
            return true;
        }
        for (int at = 0; at < length; at += PIECE) {
            int count = Math.min(PIECE, length - at);
            text.getChars(at, at + count, piece, 0);
            in.limit(count).position(0);
            out.clear();
            encoder.reset().encode(in, out, true);
            if (in.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes some characters of a string that {@link #holds} said yes to, one byte each.
     *
     * @param text the string
     * @param from the first character
     * @param count the number of elements
     * @param to where to write in the array
     * @param offset the offset in the memory, in bytes, unsigned
     */
    @SuppressWarnings("deprecation") // it drops the upper half of each character, and here there is none
    public static void write(String text, int from, int count, byte[] to, int offset) {
        text.getBytes(from, from + count, to, offset);
    }
}
