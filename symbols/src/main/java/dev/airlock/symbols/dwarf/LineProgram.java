package dev.airlock.symbols.dwarf;

import dev.airlock.symbols.api.SourceLine;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/**
 * The lines of one compilation unit (DWARF 5, section 6.2): a program for a small machine that writes a table of
 * addresses, files and lines. The machine has no loops, so each program ends.
 */
final class LineProgram {
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;

    private final FileTable.Texts texts;
    private final SectionReader in;
    private final boolean is64;

    // The registers of the machine, and their values at the previous row.
    private long address;
    private long file;
    private long line;
    private long rowAddress;
    private long rowFile;
    private long rowLine;
    private boolean hasRow;

    LineProgram(SectionReader in, boolean is64, FileTable.Texts texts) {
        this.in = in;
        this.is64 = is64;
        this.texts = texts;
    }

    /** Adds the places of the wanted addresses in this unit. Units of other versions have no places. */
    void find(NavigableSet<Long> wanted, Map<Long, SourceLine> found) {
        int version = in.u16();
        if (version < 2 || version > 5) {
            return;
        }
        if (version == 5) {
            in.skip(2);
        }
        SectionReader header = in.part(in.unsigned(is64 ? 8 : 4));
        int unit = header.u8();
        if (version >= 4) {
            header.skip(1);
        }
        header.skip(1);
        int lineBase = (byte) header.u8();
        int lineRange = header.u8();
        int firstSpecial = header.u8();
        if (lineRange == 0 || firstSpecial == 0) {
            throw new IndexOutOfBoundsException("not the header of a line program");
        }
        int[] operands = new int[firstSpecial];
        for (int i = 1; i < firstSpecial; i++) {
            operands[i] = header.u8();
        }
        run(
                unit,
                lineBase,
                lineRange,
                operands,
                new Finder(wanted, found, new HashSet<>(), new FileTable(header, version, is64, texts)));
    }

    private void run(int unit, int lineBase, int lineRange, int[] operands, Finder finder) {
        start();
        while (!in.atEnd()) {
            int code = in.u8();
            if (code >= operands.length) {
                int adjusted = code - operands.length;
                address += (long) (adjusted / lineRange) * unit;
                line += lineBase + adjusted % lineRange;
                row(finder);
            } else if (code == 0) {
                extended(in.part(in.uleb()), finder);
            } else {
                switch (code) {
                    case COPY -> row(finder);
                    case ADVANCE_PC -> address += in.uleb() * unit;
                    case ADVANCE_LINE -> line += in.sleb();
                    case SET_FILE -> file = in.uleb();
                    case CONST_ADD_PC -> address += (long) ((255 - operands.length) / lineRange) * unit;
                    case FIXED_ADVANCE_PC -> address += in.u16();
                    default -> {
                        for (int i = 0; i < operands[code]; i++) {
                            in.uleb();
                        }
                    }
                }
            }
        }
    }

    private void extended(SectionReader operation, Finder finder) {
        if (operation.atEnd()) {
            return;
        }
        switch (operation.u8()) {
            case END_SEQUENCE -> {
                row(finder);
                start();
            }
            case SET_ADDRESS -> address = operation.unsigned(operation.remaining());
            default -> {}
        }
    }

    private void start() {
        address = 0;
        file = 1;
        line = 1;
        hasRow = false;
    }

    /**
     * Handles a row, which applies up to the next one. Code that a linker dropped is at address 0 or at the largest
     * address.
     */
    private void row(Finder finder) {
        if (hasRow && rowAddress > 0 && address > rowAddress) {
            finder.range(rowAddress, address, rowFile, rowLine);
        }
        rowAddress = address;
        rowFile = file;
        rowLine = line;
        hasRow = true;
    }

    private record Finder(NavigableSet<Long> wanted, Map<Long, SourceLine> found, Set<Long> tried, FileTable files) {
        void range(long from, long to, long file, long line) {
            if (line < 1 || line > Integer.MAX_VALUE) {
                return;
            }
            for (Long address : wanted.subSet(from, to)) {
                // Each name is looked up once: a program may have a million rows for the same address.
                if (!found.containsKey(address) && tried.add(address)) {
                    String name = files.name(file);
                    if (name != null) {
                        found.put(address, new SourceLine(name, (int) line));
                    }
                }
            }
        }
    }
}
