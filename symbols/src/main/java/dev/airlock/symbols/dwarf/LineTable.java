package dev.airlock.symbols.dwarf;

import dev.airlock.symbols.api.SourceLine;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the source lines of instructions. Each question reads the section from start to end, since questions are few
 * and sections are large.
 */
public final class LineTable {
    private static final long MOST_TABLES = 64L << 20;

    private final byte[] lines;
    private final byte[] lineTexts;
    private final byte[] texts;

    /**
     * Creates a table from the sections of a guest.
     *
     * @param lines the contents of {@code .debug_line}
     * @param lineTexts the contents of {@code .debug_line_str}; empty if there is none
     * @param texts the contents of {@code .debug_str}; empty if there is none
     */
    public LineTable(byte[] lines, byte[] lineTexts, byte[] texts) {
        this.lines = lines;
        this.lineTexts = lineTexts;
        this.texts = texts;
    }

    /**
     * Returns the source lines of instructions.
     *
     * @param addresses offsets of instructions in the contents of the code section
     * @return the lines by address, without the addresses that have none
     * @throws IndexOutOfBoundsException if the section is malformed
     */
    public Map<Long, SourceLine> places(Iterable<Long> addresses) {
        var wanted = new TreeSet<Long>();
        addresses.forEach(wanted::add);
        var found = new HashMap<Long, SourceLine>();
        var question = new Question();
        var in = new SectionReader(lines, 0, lines.length);
        while (!in.atEnd() && found.size() < wanted.size()) {
            long length = in.u32();
            boolean is64 = length == 0xffff_ffffL;
            SectionReader unit = in.part(is64 ? in.u64() : length);
            new LineProgram(unit, is64, question).find(wanted, found);
        }
        return found;
    }

    /**
     * A question. It reads a bounded number of table bytes, since each unit may make it read its tables for an address.
     */
    private final class Question implements FileTable.Texts {
        private long left = MOST_TABLES;

        @Override
        public String at(boolean ofLines, long offset) {
            return text(ofLines, offset);
        }

        @Override
        public boolean mayRead(int bytes) {
            left -= bytes;
            return left >= 0;
        }
    }

    private String text(boolean ofLines, long offset) {
        byte[] from = ofLines ? lineTexts : texts;
        if (offset < 0 || offset >= from.length) {
            throw new IndexOutOfBoundsException("no text at byte " + offset);
        }
        return new SectionReader(from, (int) offset, from.length).text();
    }
}
