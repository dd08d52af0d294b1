package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.ValueException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStringTest {
    private static final int PAGE = 65_536;

    private final Memory memory = Memory.create(1, 1);

    MemoryStringTest() {
        memory.fill(0, PAGE, (byte) '?');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "hé",
                "日本語",
                "\uD83D\uDE80",
                "a\uD83D\uDE80b",
                "\0",
                "?",
                "\uFFFD",
                "a\uFFFD?",
                "\uFEFFbom"
            })
    void utf8GoesInAndOut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(memory.writeString(3, text)).isEqualTo(bytes.length);
        assertThat(memory.read(3, bytes.length)).isEqualTo(bytes);
        assertThat(memory.readByte(2)).isEqualTo((byte) '?');
        assertThat(memory.readByte(3 + bytes.length)).isEqualTo((byte) '?');
        assertThat(memory.readString(3, bytes.length)).isEqualTo(text);
        Memory shared = Memory.createShared(1, 1);
        shared.writeString(3, text);
        assertThat(shared.readString(3, bytes.length)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource({
        "80, 0, a continuation byte alone",
        "61 62 BF 63, 2, the same in the midst",
        "C3, 0, cut short after one of two",
        "61 E2 82, 1, cut short after two of three",
        "F0 9F 9A, 0, cut short after three of four",
        "C3 28, 0, no continuation byte",
        "E2 28 A1, 0, no second of three",
        "C0 80, 0, overlong NUL",
        "C1 BF, 0, overlong of two",
        "E0 9F BF, 0, overlong of three",
        "F0 8F BF BF, 0, overlong of four",
        "61 ED A0 80, 1, a high surrogate",
        "ED BF BF, 0, a low surrogate",
        "ED A0 BD ED BA 80, 0, a pair of surrogates",
        "F4 90 80 80, 0, over U+10FFFF",
        "F5 80 80 80, 0, no such first byte",
        "FE, 0, no such byte",
        "61 FF, 1, no such byte",
        "EF BF BD 80, 3, after a genuine U+FFFD"
    })
    void illFormedUtf8IsRefused(String hex, int bad, String what) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        memory.write(1_000, bytes);
        String said = String.format("ill-formed UTF-8 at offset %d: byte 0x%02x", 1_000 + bad, bytes[bad]);
        assertThatThrownBy(() -> memory.readString(1_000, bytes.length))
                .as(what)
                .isInstanceOf(ValueException.class)
                .hasMessage(said);
        Memory shared = Memory.createShared(1, 1);
        shared.write(1_000, bytes);
        assertThatThrownBy(() -> shared.readString(1_000, bytes.length)).hasMessage(said);
        memory.writeByte(1_000 + bytes.length, (byte) 0);
        assertThatThrownBy(() -> memory.readCString(1_000)).hasMessage(said);
    }

    @Test
    void aStringMayEndInTheMidstOfAnotherOnesBytes() {
        memory.writeString(0, "aé");
        assertThatThrownBy(() -> memory.readString(0, 2)).hasMessage("ill-formed UTF-8 at offset 1: byte 0xc3");
        assertThat(memory.readString(0, 3)).isEqualTo("aé");
    }

    @ParameterizedTest
    @CsvSource({
        "'\uD800', 0, D800",
        "'ab\uDC00', 2, DC00",
        "'\uD800x', 0, D800",
        "'é\uDFFF\uD800', 1, DFFF",
        "'\uD83D\uDE80\uD83D', 2, D83D",
        "'?\uD83D?', 1, D83D"
    })
    void aLoneSurrogateIsRefused(String text, int index, String unit) {
        assertThatThrownBy(() -> memory.writeString(0, text))
                .isInstanceOf(ValueException.class)
                .hasMessage(
                        "lone surrogate U+" + unit + " at index " + index + " of the string: UTF-8 cannot carry it");
        assertThat(memory.read(0, 20)).containsOnly('?');
        assertThatThrownBy(() -> memory.writeString(0, text, StandardCharsets.UTF_16LE))
                .hasMessageStartingWith("lone surrogate U+" + unit + " at index " + index);
    }

    @Test
    void otherCharsets() {
        assertThat(memory.writeString(1, "hé\uD83D\uDE80", StandardCharsets.UTF_16LE))
                .isEqualTo(8);
        assertThat(memory.read(0, 10)).containsExactly('?', 'h', 0, 0xE9, 0, 0x3D, 0xD8, 0x80, 0xDE, '?');
        assertThat(memory.readString(1, 8, StandardCharsets.UTF_16LE)).isEqualTo("hé\uD83D\uDE80");
        assertThat(memory.writeString(20, "hé", StandardCharsets.ISO_8859_1)).isEqualTo(2);
        assertThat(memory.readString(20, 2, StandardCharsets.ISO_8859_1)).isEqualTo("hé");
        assertThatThrownBy(() -> memory.readString(1, 6, StandardCharsets.UTF_16LE))
                .isInstanceOf(ValueException.class)
                .hasMessage("ill-formed UTF-16LE at offset 5: byte 0x3d");
        assertThatThrownBy(() -> memory.readString(20, 2, StandardCharsets.US_ASCII))
                .hasMessage("ill-formed US-ASCII at offset 21: byte 0xe9");
        assertThatThrownBy(() -> memory.writeString(0, "a€", StandardCharsets.ISO_8859_1))
                .isInstanceOf(ValueException.class)
                .hasMessage("character U+20AC at index 1 of the string: ISO-8859-1 cannot carry it");
        assertThatThrownBy(() -> memory.writeString(0, "\uD83D\uDE80", StandardCharsets.US_ASCII))
                .hasMessage("character U+1F680 at index 0 of the string: US-ASCII cannot carry it");
    }

    @Test
    void aStringThatDoesNotFitIsNotWritten() {
        assertThatThrownBy(() -> memory.writeString(PAGE - 5, "hellö"))
                .isInstanceOf(MemoryAccessException.class)
                .hasMessage("out of bounds: offset 65531, length 6, but the memory has 65536 bytes");
        assertThat(memory.read(PAGE - 5, 5)).containsOnly('?');
    }

    @Test
    void cStrings() {
        memory.writeString(8, "héllo\0");
        memory.writeString(PAGE - 3, "end");
        assertThat(memory.readCString(8)).isEqualTo("héllo");
        assertThat(memory.readCString(8, 6)).isEqualTo("héllo");
        assertThat(memory.readCString(14)).isEmpty();
        assertThat(memory.readCString(14, 0)).isEmpty();
        assertThatThrownBy(() -> memory.readCString(8, 5))
                .isInstanceOf(ValueException.class)
                .hasMessage("no NUL byte at the end of the C string at offset 8: looked at 6 bytes");
        assertThatThrownBy(() -> memory.readCString(PAGE - 3))
                .isInstanceOf(ValueException.class)
                .hasMessage(
                        "no NUL byte at the end of the C string at offset 65533: looked at 3 bytes, up to the end of"
                                + " the memory");
        assertThatThrownBy(() -> memory.readCString(PAGE)).isInstanceOf(MemoryAccessException.class);
        assertThatThrownBy(() -> memory.readCString(-1)).isInstanceOf(MemoryAccessException.class);
        memory.writeByte(PAGE - 1, (byte) 0);
        assertThat(memory.readCString(PAGE - 3)).isEqualTo("en");
    }
}
