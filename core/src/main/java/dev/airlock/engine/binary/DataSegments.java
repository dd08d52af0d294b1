package dev.airlock.engine.binary;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Fewer data segments, with the same effect (core specification, sections 4.7.2 and 5.5.14). Go's linker leaves out each run
 * of some zeros, which makes thirty thousand segments of two thousand functions, and each instantiation evaluates as many
 * expressions.
 *
 * <p>Segments are joined if the guest cannot observe it: their offsets are constants, they lie in the module's own memory as it is at
 * first, which is zero, they rise, and no function can refer to a segment. Anything else is left as it is, and so is a section
 * that is not well formed.
 */
final class DataSegments {
    private static final int PAGE = 65_536;
    private static final int IMPORT = 2;
    private static final int MEMORY = 5;
    private static final int DATA = 11;
    private static final int DATA_COUNT = 12;
    private static final int I32_CONST = 0x41;
    private static final int END = 0x0b;

    /** So many zeros take less to copy than a segment of their own takes. */
    private static final int GREATEST_GAP = 64;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private final long memoryBytes;
    private long start;
    private long highest;
    private int count;
    private boolean runs;

    private DataSegments(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /** The contents of the data section with fewer segments, or null where it has to stay. */
    static byte @Nullable [] merged(BinaryLayout layout, byte[] bytes) {
        BinaryLayout.@Nullable Section data = null;
        long memoryBytes = -1;
        try {
            for (BinaryLayout.Section section : layout.sections()) {
                var in = new Leb128(bytes, section.contents(), section.end());
                switch (section.id()) {
                    case IMPORT -> {
                        if (importsMemory(in)) {
                            return null;
                        }
                    }
                    case MEMORY -> memoryBytes = initialBytes(in);
                    case DATA_COUNT -> {
                        return null;
                    }
                    case DATA -> data = section;
                    default -> {}
                }
            }
            return data == null || memoryBytes < 0 ? null : new DataSegments(memoryBytes).merge(bytes, data);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** Also where that is not certain: of types that are written some other way it is not known where they end. */
    private static boolean importsMemory(Leb128 in) {
        for (int left = in.unsigned32(); left > 0; left--) {
            in.skip(in.unsigned32());
            in.skip(in.unsigned32());
            switch (in.next()) {
                case 0 -> in.unsigned32();
                case 1 -> {
                    in.skip(1);
                    int limits = in.next();
                    in.unsigned32();
                    if (limits == 1) {
                        in.unsigned32();
                    } else if (limits != 0) {
                        return true;
                    }
                }
                case 3 -> in.skip(2);
                default -> {
                    return true;
                }
            }
        }
        return !in.atEnd();
    }

    /** How large the one memory is at first; -1 where there is not exactly one, or one of another kind. */
    private static long initialBytes(Leb128 in) {
        if (in.unsigned32() != 1 || (in.next() & ~1) != 0) {
            return -1;
        }
        return (long) in.unsigned32() * PAGE;
    }

    private byte @Nullable [] merge(byte[] bytes, BinaryLayout.Section section) {
        int size = section.end() - section.contents();
        var in = new Leb128(bytes, section.contents(), section.end());
        int segments = in.unsigned32();
        long filled = 0;
        for (int left = segments; left > 0; left--) {
            if (in.next() != 0 || in.next() != I32_CONST) {
                return null;
            }
            long offset = Integer.toUnsignedLong(in.signed32());
            if (in.next() != END) {
                return null;
            }
            int length = in.unsigned32();
            int at = in.position();
            in.skip(length);
            long gap = offset - (start + run.size());
            // Zeros are written only where nothing was, and nothing is made larger than twice what it was.
            boolean joins = runs
                    && start + run.size() <= memoryBytes
                    && gap >= 0
                    && gap <= GREATEST_GAP
                    && start + run.size() >= highest
                    && offset + length <= memoryBytes
                    && filled + gap <= size;
            if (joins) {
                run.writeBytes(new byte[(int) gap]);
                filled += gap;
            } else {
                writeRun();
                start = offset;
            }
            run.write(bytes, at, length);
            highest = Math.max(highest, offset + length);
        }
        writeRun();
        if (!in.atEnd() || count == segments) {
            return null;
        }
        var contents = new ByteArrayOutputStream();
        Leb128.write(contents, count);
        contents.writeBytes(out.toByteArray());
        return contents.toByteArray();
    }

    private void writeRun() {
        if (runs) {
            out.write(0);
            out.write(I32_CONST);
            Leb128.writeSigned(out, (int) start);
            out.write(END);
            Leb128.write(out, run.size());
            out.writeBytes(run.toByteArray());
            count++;
        }
        run.reset();
        runs = true;
    }
}
