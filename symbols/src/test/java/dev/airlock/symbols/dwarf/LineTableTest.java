package dev.airlock.symbols.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.symbols.api.SourceLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineTableTest {
    private static final byte[] NONE = {};
    private static final int[] OPERANDS = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};

    /** Lines 5, 6 and 9 of the second file, from address 100 on, 10 bytes each. */
    private static final int[] PROGRAM = {
        0,
        5,
        2,
        100,
        0,
        0,
        0, // set_address
        4,
        2, // set_file
        3,
        4,
        1, // advance_line, copy
        2,
        10,
        3,
        1,
        1, // advance_pc, advance_line, copy
        18 + 3 + 14 * 10 - 0, // special: 10 bytes and 3 lines
        2,
        10,
        0,
        1,
        1 // advance_pc, end_sequence
    };

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    private static void numbers(ByteArrayOutputStream out, int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        numbers(out, value, value >> 8, value >> 16, value >> 24);
    }

    /** The line base is -5 and the line range 14, as in LLVM's output; 13 is the first special operation. */
    private static byte[] unit(int version, byte[] tables, int... program) {
        var header = new ByteArrayOutputStream();
        numbers(header, 1);
        if (version >= 4) {
            numbers(header, 1);
        }
        numbers(header, 1, -5, 14, 13);
        numbers(header, OPERANDS);
        header.writeBytes(tables);
        var unit = new ByteArrayOutputStream();
        numbers(unit, version, 0);
        if (version == 5) {
            numbers(unit, 4, 0);
        }
        u32(unit, header.size());
        unit.writeBytes(header.toByteArray());
        numbers(unit, program);
        var whole = new ByteArrayOutputStream();
        u32(whole, unit.size());
        whole.writeBytes(unit.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] oldTables() {
        var tables = new ByteArrayOutputStream();
        text(tables, "src");
        text(tables, "/usr/include");
        tables.write(0);
        text(tables, "main.c");
        numbers(tables, 0, 0, 0);
        text(tables, "part.c");
        numbers(tables, 1, 0, 0);
        text(tables, "stdio.h");
        numbers(tables, 2, 0, 0);
        tables.write(0);
        return tables.toByteArray();
    }

    /** Folders by offsets of text; files by text, the number of a folder, and a checksum of 16 bytes. */
    private static byte[] newTables() {
        var tables = new ByteArrayOutputStream();
        numbers(tables, 1, 1, 0x1f, 3);
        u32(tables, 0);
        u32(tables, 6);
        u32(tables, 16);
        numbers(tables, 3, 1, 0x08, 2, 0x0b, 5, 0x1e, 3);
        for (String file : List.of("main.c", "part.c", "stdio.h")) {
            text(tables, file);
            tables.write(List.of("main.c", "part.c", "stdio.h").indexOf(file));
            tables.writeBytes(new byte[16]);
        }
        return tables.toByteArray();
    }

    private static final byte[] FOLDERS = "/made\0/made/src\0/usr/include\0".getBytes(StandardCharsets.UTF_8);

    private static Map<Long, SourceLine> places(byte[] lines, Long... addresses) {
        return new LineTable(lines, FOLDERS, NONE).places(List.of(addresses));
    }

    @Test
    void aRowAppliesUpToTheNext() {
        assertThat(places(unit(4, oldTables(), PROGRAM), 99L, 100L, 109L, 110L, 119L, 120L, 130L, 131L))
                .containsOnly(
                        Map.entry(100L, new SourceLine("src/part.c", 5)),
                        Map.entry(109L, new SourceLine("src/part.c", 5)),
                        Map.entry(110L, new SourceLine("src/part.c", 6)),
                        Map.entry(119L, new SourceLine("src/part.c", 6)),
                        Map.entry(120L, new SourceLine("src/part.c", 9)));
    }

    @Test
    void versionsTwoToFiveAreRead() {
        for (int version : new int[] {2, 3, 4}) {
            assertThat(places(unit(version, oldTables(), PROGRAM), 100L))
                    .containsExactly(Map.entry(100L, new SourceLine("src/part.c", 5)));
        }
        int[] program = PROGRAM.clone();
        program[8] = 1;
        assertThat(places(unit(5, newTables(), program), 100L))
                .as("files are counted from 0, and paths in the compiler's folder are relative to it")
                .containsExactly(Map.entry(100L, new SourceLine("src/part.c", 5)));
        program[8] = 2;
        assertThat(places(unit(5, newTables(), program), 100L))
                .containsExactly(Map.entry(100L, new SourceLine("/usr/include/stdio.h", 5)));
        assertThat(places(unit(6, newTables(), program), 100L)).isEmpty();
    }

    @Test
    void codeThatALinkerDroppedHasNoLines() {
        int[] atZero = PROGRAM.clone();
        atZero[3] = 0;
        assertThat(places(unit(4, oldTables(), atZero), 0L, 5L)).isEmpty();
    }

    @Test
    void severalUnitsAreReadOneAfterTheOther() {
        var both = new ByteArrayOutputStream();
        int[] other = PROGRAM.clone();
        other[3] = 200;
        both.writeBytes(unit(6, oldTables(), PROGRAM));
        both.writeBytes(unit(4, oldTables(), PROGRAM));
        both.writeBytes(unit(5, newTables(), other));
        assertThat(places(both.toByteArray(), 100L, 200L)).hasSize(2);
    }

    @Test
    void lineZeroMeansNoLine() {
        int[] none = PROGRAM.clone();
        none[10] = 0x7f; // advance_line by -1
        assertThat(places(unit(4, oldTables(), none), 100L)).isEmpty();
    }

    @Test
    void tablesThatClaimToBeEndlessAreRefused() {
        var endless = new ByteArrayOutputStream();
        numbers(endless, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
        int[] program = PROGRAM.clone();
        assertThatThrownBy(() -> places(unit(5, endless.toByteArray(), program), 100L))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("entries without content");
    }

    /** A table of a megabyte, and a program that names the same address again and again, in each of many units. */
    @Test
    @Timeout(20)
    void manyRowsForOneAddressReadTheTablesOnce() {
        var tables = new ByteArrayOutputStream();
        tables.write(0);
        for (int i = 0; i < 100_000; i++) {
            text(tables, "file.c");
            numbers(tables, 0, 0, 0);
        }
        tables.write(0);
        int[] again = new int[17 * 20_000];
        for (int i = 0; i < again.length; i += 17) {
            // set_address 100, set_file 16383, copy, advance_pc 10, end_sequence
            int[] one = {0, 5, 2, 100, 0, 0, 0, 4, 0xff, 0x7f, 1, 2, 10, 0, 1, 1, 1};
            System.arraycopy(one, 0, again, i, one.length);
        }
        var lines = new ByteArrayOutputStream();
        byte[] unit = unit(4, tables.toByteArray(), again);
        for (int i = 0; i < 20; i++) {
            lines.writeBytes(unit);
        }
        assertThat(places(lines.toByteArray(), 100L, 101L, 102L)).hasSize(3);
        int[] unknown = again.clone();
        for (int i = 8; i < unknown.length; i += 17) {
            unknown[i] = 0xff;
            unknown[i + 1] = 0xff;
            unknown[i + 2] = 0x7f;
        }
        lines.reset();
        byte[] without = unit(4, tables.toByteArray(), unknown);
        for (int i = 0; i < 60; i++) {
            lines.writeBytes(without);
        }
        Long[] many = new Long[10];
        for (int i = 0; i < many.length; i++) {
            many[i] = 100L + i;
        }
        assertThat(places(lines.toByteArray(), many)).isEmpty();
    }

    @Test
    void truncatedSectionsAreRefused() {
        byte[] whole = unit(4, oldTables(), PROGRAM);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> places(cut, 100L)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
