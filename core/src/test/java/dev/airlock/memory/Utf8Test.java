package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder is the measure. */
@Tag("slow")
class Utf8Test {
    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer chars = CharBuffer.allocate(1000);

    private void compare(byte[] bytes, int offset, int length) {
        chars.clear();
        // Not the decode that throws: there are millions of ill-formed ones.
        boolean wellFormed = !strict.reset()
                .decode(ByteBuffer.wrap(bytes, offset, length), chars, true)
                .isError();
        chars.flip();
        String actual = Utf8.decode(bytes, offset, length, () -> {});
        boolean same = wellFormed ? actual != null && chars.compareTo(CharBuffer.wrap(actual)) == 0 : actual == null;
        if (!same) {
            String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, offset, offset + length);
            assertThat(actual).as(hex).isEqualTo(wellFormed ? chars.toString() : null);
        }
    }

    /** Long text is decoded in pieces, and a character may lie across the end of one. */
    @Test
    void longTextComesInPieces() {
        var pauses = new AtomicInteger();
        for (String unit : new String[] {"a", "ä", "€", "😀", "aä€😀"}) {
            for (String start : new String[] {"", "a", "aa", "aaa"}) {
                String text = start + unit.repeat(3 * Text.PIECE / unit.length());
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                pauses.set(0);
                assertThat(Utf8.decode(utf8, 0, utf8.length, pauses::incrementAndGet))
                        .isEqualTo(text);
                assertThat(pauses.get()).isGreaterThanOrEqualTo(2);
                utf8[utf8.length - 1] = (byte) 0xC3;
                assertThat(Utf8.decode(utf8, 0, utf8.length, () -> {})).isNull();
                byte[] utf16 = text.getBytes(StandardCharsets.UTF_16LE);
                pauses.set(0);
                Charset charset = StandardCharsets.UTF_16LE;
                assertThat(Text.decode(utf16, 0, utf16.length, 0, charset, pauses::incrementAndGet))
                        .isEqualTo(text);
                assertThat(pauses.get()).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void halfAPairAtTheEndOfAPieceIsIllFormed() {
        for (char half : new char[] {'\uD83D', '\uDE00'}) {
            for (int at = Text.PIECE - 2; at <= Text.PIECE + 1; at++) {
                char[] units = new char[2 * Text.PIECE];
                Arrays.fill(units, 'a');
                units[at] = half;
                byte[] utf16 = new byte[2 * units.length];
                ByteBuffer.wrap(utf16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asCharBuffer()
                        .put(units);
                int place = at;
                assertThatThrownBy(() -> Text.decode(utf16, 0, utf16.length, 0, StandardCharsets.UTF_16LE))
                        .hasMessageStartingWith("ill-formed UTF-16LE at offset " + 2 * place);
            }
        }
    }

    @Test
    void everySequenceOfUpToThreeBytes() {
        byte[] bytes = new byte[3];
        for (int all = 0; all < 1 << 24; all++) {
            bytes[0] = (byte) (all >> 16);
            bytes[1] = (byte) (all >> 8);
            bytes[2] = (byte) all;
            if (bytes[2] == 0) {
                compare(bytes, 0, 2);
            }
            // Behind two bytes of ASCII a third one is what it is alone.
            if (bytes[0] < 0 || bytes[1] < 0) {
                compare(bytes, 0, 3);
            }
        }
        for (int all = 0; all < 256; all++) {
            compare(new byte[] {(byte) all}, 0, 1);
        }
    }

    @Test
    void sequencesOfFourBytesAtTheirEdges() {
        byte[] edges = {0, 0x7F, (byte) 0x80, (byte) 0x8F, (byte) 0x90, (byte) 0xBF, (byte) 0xC0, (byte) 0xFF};
        for (int first = 0xE0; first < 0x100; first++) {
            for (int second = 0; second < 256; second++) {
                for (byte third : edges) {
                    for (byte fourth : edges) {
                        compare(new byte[] {(byte) first, (byte) second, third, fourth}, 0, 4);
                    }
                }
            }
        }
    }

    @Test
    void everyCodePointAtTheStartAndFarBehindIt() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                compare(bytes, 0, bytes.length);
                byte[] behind = new byte[70 + bytes.length];
                System.arraycopy(bytes, 0, behind, 70, bytes.length);
                compare(behind, 0, behind.length);
                compare(behind, 1, behind.length - 2);
            }
        }
    }

    @Test
    void mixturesWithOneByteChanged() {
        byte[] text = "kůň 語 \uD83D\uDE80 plain text, \uFFFD? é".repeat(5).getBytes(StandardCharsets.UTF_8);
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            int from = random.nextInt(text.length);
            byte[] bytes = Arrays.copyOfRange(text, from, from + random.nextInt(text.length - from + 1));
            if (bytes.length > 0 && random.nextInt(4) > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            compare(bytes, 0, bytes.length);
        }
    }
}
