package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frame of a module's binary: its header and where each section lies (core specification, section 5.5).
 *
 * <p>Endive's parser does not say where in a file it failed. This walk finds what is cut short or is no module at all,
 * and gives the rest of the failures the offset of their section.
 */
public final class BinaryLayout {
    private static final int HEADER = 8;
    private static final int CORE_MODULE = 0x1;
    private static final int CODE = 10;
    private static final int COMPONENT = 0x1_000d;
    private static final String[] SECTION_NAMES = {
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
        "data count",
        "tag"
    };

    private final List<Section> sections;
    private final FunctionBodies bodies;

    private BinaryLayout(List<Section> sections, FunctionBodies bodies) {
        this.sections = sections;
        this.bodies = bodies;
    }

    /**
     * One section.
     *
     * @param id its number in the specification
     * @param start the offset of that number in the file
     * @param contents the offset of its contents
     * @param end the offset behind its last byte
     */
    public record Section(int id, int start, int contents, int end) {
        public String name() {
            return id < SECTION_NAMES.length ? SECTION_NAMES[id] : "unknown (" + id + ")";
        }

        /** Whether this, a custom section, has a name. */
        public boolean isNamed(byte[] bytes, String name) {
            try {
                return new Leb128(bytes, contents, end).name().equals(name);
            } catch (IndexOutOfBoundsException e) {
                return false;
            }
        }
    }

    public static BinaryLayout read(String module, byte[] bytes) {
        checkHeader(module, bytes);
        var sections = new ArrayList<Section>();
        FunctionBodies bodies = null;
        int at = HEADER;
        while (at < bytes.length) {
            int start = at;
            int id = bytes[at++] & 0xff;
            long size = 0;
            int shift = 0;
            while (true) {
                if (at == bytes.length) {
                    throw new ModuleException(
                            module, at, "cut short: the size of a section was expected, the file ends", null);
                }
                int next = bytes[at++];
                size |= (long) (next & 0x7f) << shift;
                shift += 7;
                if (next >= 0) {
                    break;
                }
                if (shift >= 35) {
                    throw new ModuleException(
                            module, start + 1, "malformed: the size of a section has more than 5 bytes", null);
                }
            }
            if (size > bytes.length - at) {
                throw new ModuleException(
                        module,
                        start,
                        "cut short: the " + new Section(id, start, at, at).name() + " section has " + size
                                + " bytes, only " + (bytes.length - at) + " are left",
                        null);
            }
            Section section = new Section(id, start, at, at + (int) size);
            checkCount(module, bytes, section);
            if (id == CODE) {
                if (bodies != null) {
                    throw new ModuleException(module, start, "malformed: a second code section", null);
                }
                bodies = FunctionBodies.in(section, module, bytes);
            }
            sections.add(section);
            at += (int) size;
        }
        return new BinaryLayout(List.copyOf(sections), bodies == null ? FunctionBodies.NONE : bodies);
    }

    /** In the order of the file. */
    public List<Section> sections() {
        return sections;
    }

    FunctionBodies bodies() {
        return bodies;
    }

    /** The sizes of the function bodies, in bytes. */
    public int[] bodySizes() {
        return bodies.sizes();
    }

    /** Where the body of a function that the module defines ends, counted from where the contents of the code section start. */
    public int bodyEnd(int function) {
        return bodies.endInSection(function);
    }

    /** What a custom section contains, behind its name; empty where there is none of that name. */
    public byte[] custom(byte[] bytes, String name) {
        for (Section section : sections) {
            if (section.id() == 0 && section.isNamed(bytes, name)) {
                var in = new Leb128(bytes, section.contents(), section.end());
                in.name();
                return Arrays.copyOfRange(bytes, in.position(), section.end());
            }
        }
        return new byte[0];
    }

    /** Each entry of a section takes a byte at least, so a count over its size is a lie, and Endive may believe it. */
    private static void checkCount(String module, byte[] bytes, Section section) {
        boolean isVector = section.id() >= 1 && section.id() <= 11 && section.id() != 8 || section.id() == 13;
        if (!isVector) {
            return;
        }
        int count;
        try {
            count = new Leb128(bytes, section.contents(), section.end()).unsigned32();
        } catch (IndexOutOfBoundsException e) {
            throw new ModuleException(
                    module, section.start(), "malformed " + section.name() + " section: " + e.getMessage(), e);
        }
        if (count > section.end() - section.contents()) {
            throw new ModuleException(
                    module,
                    section.start(),
                    "malformed " + section.name() + " section: it says that it has " + count + " entries, in "
                            + (section.end() - section.contents()) + " bytes",
                    null);
        }
    }

    private static void checkHeader(String module, byte[] bytes) {
        byte[] magic = {0, 'a', 's', 'm'};
        if (bytes.length == 0) {
            throw new ModuleException(module, 0, "empty: a WebAssembly module was expected", null);
        }
        for (int i = 0; i < magic.length; i++) {
            if (i == bytes.length) {
                throw new ModuleException(
                        module, i, "cut short inside the four bytes that every module starts with", null);
            }
            if (bytes[i] != magic[i]) {
                throw new ModuleException(
                        module,
                        i,
                        "not WebAssembly: the first four bytes have to be 00 61 73 6d (\\0asm)" + looksLike(bytes),
                        null);
            }
        }
        if (bytes.length < HEADER) {
            throw new ModuleException(module, bytes.length, "cut short inside the version", null);
        }
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8 | (bytes[6] & 0xff) << 16 | (bytes[7] & 0xff) << 24;
        if (version == COMPONENT) {
            throw new ModuleException(
                    module,
                    4,
                    "a WebAssembly component, which is no core module: component.Component compiles those",
                    null);
        }
        if (version != CORE_MODULE) {
            throw new ModuleException(
                    module, 4, "version 1 was expected, this is " + Integer.toUnsignedString(version), null);
        }
    }

    private static String looksLike(byte[] bytes) {
        if (bytes[0] == '(') {
            return "; this looks like the text format, to be assembled first";
        }
        if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
            return "; this looks like a zip archive";
        }
        if (bytes.length > 3 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F') {
            return "; this looks like a native program";
        }
        return "";
    }
}
