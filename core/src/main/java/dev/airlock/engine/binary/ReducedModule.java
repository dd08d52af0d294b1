package dev.airlock.engine.binary;

import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/**
 * A module's binary with what Endive need not read taken out.
 *
 * <p>The name section goes, since it is read only when a name is asked for, and since one that is malformed must not
 * make a module invalid (core specification, section 7.4.1). Function bodies go where their compiled code is at hand
 * already: reading and validating them again would cost most of a start. And of data segments there are fewer, see
 * {@link DataSegments}.
 */
public final class ReducedModule {
    private static final int CUSTOM = 0;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final byte[] UNREACHABLE_BODY = {3, 0, 0x00, 0x0b};

    private final byte[] bytes;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ReducedModule(byte[] bytes) {
        this.bytes = bytes;
    }

    public static byte[] withoutNames(BinaryLayout layout, byte[] bytes) {
        return new ReducedModule(bytes).reduce(layout, false, 0, function -> true);
    }

    public static byte[] withoutBodies(BinaryLayout layout, byte[] bytes) {
        return withoutBodies(layout, bytes, 0, function -> false);
    }

    /**
     * @param imported how many functions the module imports: their indices come first
     * @param kept the indices of the functions whose bodies stay
     */
    public static byte[] withoutBodies(BinaryLayout layout, byte[] bytes, int imported, IntPredicate kept) {
        return new ReducedModule(bytes).reduce(layout, true, imported, kept);
    }

    private byte[] reduce(BinaryLayout layout, boolean dropBodies, int imported, IntPredicate kept) {
        out.write(bytes, 0, 8);
        for (BinaryLayout.Section section : layout.sections()) {
            if (section.id() == CUSTOM && section.isNamed(bytes, "name")) {
                continue;
            }
            byte[] data = section.id() == DATA ? DataSegments.merged(layout, bytes) : null;
            if (data != null) {
                out.write(DATA);
                Leb128.write(out, data.length);
                out.writeBytes(data);
            } else if (section.id() == CODE && dropBodies) {
                byte[] code = new ReducedModule(bytes).code(layout.bodies(), imported, kept);
                out.write(CODE);
                Leb128.write(out, code.length);
                out.writeBytes(code);
            } else {
                out.write(bytes, section.start(), section.end() - section.start());
            }
        }
        return out.toByteArray();
    }

    private byte[] code(FunctionBodies bodies, int imported, IntPredicate kept) {
        Leb128.write(out, bodies.count());
        for (int i = 0; i < bodies.count(); i++) {
            if (kept.test(imported + i)) {
                out.write(bytes, bodies.entry(i), bodies.end(i) - bodies.entry(i));
            } else {
                out.writeBytes(UNREACHABLE_BODY);
            }
        }
        return out.toByteArray();
    }
}
