package dev.airlock.memory;

import dev.airlock.error.ValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings to bytes and back, with nothing repaired and nothing replaced. */
public final class Text {
    /** A megabyte of bytes: a few milliseconds. */
    static final int PIECE = 1 << 20;

    private Text() {}

    /**
     * @param bytes the array that holds the text
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @param origin the offset in linear memory of the array's start, for messages
     * @param charset the charset of the text
     * @return the text
     * @throws ValueException if the bytes are ill-formed; it names the offset of the first bad one
     */
    public static String decode(byte[] bytes, int offset, int length, int origin, Charset charset) {
        return decode(bytes, offset, length, origin, charset, () -> {});
    }

    /**
     * Decodes text that may be long.
     *
     * @param bytes the array that holds the text
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @param origin the offset in linear memory of the array's start, for messages
     * @param charset the charset of the text
     * @param pause run after each {@link #PIECE} that was decoded; what it throws is thrown
     * @return the text
     */
    public static String decode(byte[] bytes, int offset, int length, int origin, Charset charset, Runnable pause) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            String text = Utf8.decode(bytes, offset, length, pause);
            if (text != null) {
                return text;
            }
        }
        if (charset.equals(StandardCharsets.UTF_16LE) && length % 2 == 0) {
            String text = decodeUtf16(bytes, offset, length, pause);
            if (text != null) {
                return text;
            }
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            int bad = in.position();
            throw new ValueException(
                    String.format("ill-formed %s at offset %d: byte 0x%02x", charset, origin + bad, bytes[bad] & 0xFF),
                    e);
        }
    }

    /**
     * Returns whether all bytes are ASCII.
     *
     * @param bytes the array that holds the text
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @param pause run after each {@link #PIECE} that was looked at; what it throws is thrown
     * @return whether all bytes are ASCII
     */
    public static boolean isAscii(byte[] bytes, int offset, int length, Runnable pause) {
        return Utf8.isAscii(bytes, offset, offset + length, pause);
    }

    private static @Nullable String decodeUtf16(byte[] bytes, int offset, int length, Runnable pause) {
        char[] units = new char[length / 2];
        CharBuffer source = ByteBuffer.wrap(bytes, offset, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer();
        for (int from = 0; from < units.length; from += PIECE) {
            if (from > 0) {
                pause.run();
            }
            int to = Math.min(units.length, from + PIECE);
            source.get(units, from, to - from);
            // One at the end of a piece is looked at with the next, where its other half is.
            boolean halved = to < units.length && Character.isHighSurrogate(units[to - 1]);
            boolean joins = from > 0 && Character.isHighSurrogate(units[from - 1]);
            if (indexOfLoneSurrogate(units, joins ? from - 1 : from, halved ? to - 1 : to) >= 0) {
                return null;
            }
        }
        return new String(units);
    }

    /**
     * @param text the text to encode
     * @param charset the charset of the text
     * @return the encoded text
     * @throws ValueException if the charset has no bytes for a character; it names the index of the first such
     */
    public static byte[] encode(String text, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            byte[] quick = text.getBytes(charset);
            if (!hasQuestionMark(quick) || indexOfLoneSurrogate(text) < 0) {
                return quick;
            }
        } else if (charset.equals(StandardCharsets.UTF_16LE)) {
            char[] units = text.toCharArray();
            if (indexOfLoneSurrogate(units, 0, units.length) < 0) {
                byte[] bytes = new byte[units.length * 2];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asCharBuffer()
                        .put(units);
                return bytes;
            }
        }
        CharBuffer in = CharBuffer.wrap(text);
        try {
            ByteBuffer out = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(in);
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            int index = in.position();
            char bad = text.charAt(index);
            throw new ValueException(
                    String.format(
                            "%s U+%04X at index %d of the string: %s cannot carry it",
                            isLone(text, index) ? "lone surrogate" : "character",
                            isLone(text, index) ? bad : text.codePointAt(index),
                            index,
                            charset),
                    e);
        }
    }

    /** The JDK writes a question mark for each lone surrogate: bytes without one come from a string without one. */
    private static boolean hasQuestionMark(byte[] utf8) {
        if (utf8.length > 64) {
            // The JDK's own search is made of vector instructions.
            return new String(utf8, StandardCharsets.ISO_8859_1).indexOf('?') >= 0;
        }
        for (byte b : utf8) {
            if (b == '?') {
                return true;
            }
        }
        return false;
    }

    private static int indexOfLoneSurrogate(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isSurrogate(text[i])) {
                if (Character.isLowSurrogate(text[i]) || i + 1 == to || !Character.isLowSurrogate(text[i + 1])) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static int indexOfLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isLone(text, i)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static boolean isLone(String text, int index) {
        return Character.isSurrogate(text.charAt(index))
                && !Character.isSupplementaryCodePoint(text.codePointAt(index));
    }

    /**
     * Returns how long the C string is that starts at an index.
     *
     * @param end where to stop looking
     * @param size of the memory, for the error
     * @throws ValueException if there is no NUL before the end
     */
    static int lengthToNul(byte[] bytes, int from, int end, int size) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == 0) {
                return i - from;
            }
        }
        throw new ValueException("no NUL byte at the end of the C string at offset " + from + ": looked at "
                + (end - from) + " bytes" + (end == size ? ", up to the end of the memory" : ""));
    }
}
