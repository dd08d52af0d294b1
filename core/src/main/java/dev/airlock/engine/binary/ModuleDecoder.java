package dev.airlock.engine.binary;

import dev.airlock.engine.binary.ModuleDefinition.Custom;
import dev.airlock.engine.binary.ModuleDefinition.Data;
import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.binary.ModuleDefinition.Export;
import dev.airlock.engine.binary.ModuleDefinition.Global;
import dev.airlock.engine.binary.ModuleDefinition.Import;
import dev.airlock.engine.binary.ModuleDefinition.Memory;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.binary.ModuleDefinition.RecursionGroup;
import dev.airlock.engine.binary.ModuleDefinition.Table;
import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a core module (core specification, section 5.5). Its time and memory are proportional to the bytes: no count is
 * believed that the rest of the bytes cannot hold.
 */
public final class ModuleDecoder {
    // The JS embedding's limits.
    private static final int MOST_FUNCTIONS = 1_000_000;
    private static final int MOST_IMPORTS = 1_000_000;
    private static final int MOST_EXPORTS = 1_000_000;
    private static final int MOST_GLOBALS = 1_000_000;
    private static final int MOST_ELEMENT_SEGMENTS = 10_000_000;
    private static final int MOST_DATA_SEGMENTS = 100_000;
    private static final int MOST_TABLES = 100_000;
    private static final int MOST_MEMORIES = 100;
    private static final int MOST_TAGS = 1_000_000;
    private static final int LARGEST_BODY = 7_654_321;
    private static final int LARGEST_MODULE = 1 << 30;

    /** The order that sections have, by their id: the tags come before the globals, the data count before the code. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private static final String[] SECTIONS = {
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

    private final String name;
    private final byte[] bytes;
    private final ByteInput in;

    private List<RecursionGroup> types = List.of();
    private List<Import> imports = List.of();
    private int[] functions = {};
    private int functionsOffset;
    private List<Table> tables = List.of();
    private List<Memory> memories = List.of();
    private int[] tags = {};
    private int tagsOffset;
    private List<Global> globals = List.of();
    private List<Export> exports = List.of();
    private int start = -1;
    private int startOffset;
    private List<Element> elements = List.of();
    private int dataCount = -1;
    private List<Data> datas = List.of();
    private Range[] bodies = {};
    private final List<Custom> customs = new ArrayList<>();

    private ModuleDecoder(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.in = new ByteInput(name, bytes, ModuleHeader.SIZE, bytes.length);
    }

    /**
     * Decodes a module.
     *
     * @param name for errors
     * @param bytes kept, and not to be changed
     * @throws ModuleException if the bytes are no module
     */
    public static ModuleDefinition decode(String name, byte[] bytes) {
        ModuleHeader.check(name, bytes);
        if (bytes.length > LARGEST_MODULE) {
            throw new ModuleException(
                    name, LARGEST_MODULE, "too large: " + bytes.length + " bytes, the most is " + LARGEST_MODULE, null);
        }
        return new ModuleDecoder(name, bytes).module();
    }

    private ModuleDefinition module() {
        int last = 0;
        while (in.hasMore()) {
            int at = in.at();
            int id = in.u8();
            if (id >= SECTIONS.length) {
                throw in.error(at, "malformed section id " + id);
            }
            int size = in.u32();
            if (size < 0 || size > in.left()) {
                throw in.error(
                        at,
                        "cut short: the " + SECTIONS[id] + " section has " + Integer.toUnsignedString(size)
                                + " bytes, only " + in.left() + " are left");
            }
            int end = in.at() + size;
            if (id != 0) {
                if (ORDER[id] <= last) {
                    throw in.error(
                            at,
                            "unexpected content: the " + SECTIONS[id] + " section is out of order, or there are two");
                }
                last = ORDER[id];
            }
            in.limit(end);
            section(id);
            if (in.at() != end) {
                throw in.error(
                        in.at(), "section size mismatch: the " + SECTIONS[id] + " section goes on to byte " + end);
            }
            in.limit(bytes.length);
        }
        if (bodies.length != functions.length) {
            throw in.error(
                    in.at(),
                    "function and code section have inconsistent lengths: " + functions.length + " functions, but "
                            + bodies.length + " bodies");
        }
        if (dataCount >= 0 && dataCount != datas.size()) {
            throw in.error(
                    in.at(),
                    "data count and data section have inconsistent lengths: " + dataCount + " and " + datas.size());
        }
        return new ModuleDefinition(
                name,
                bytes,
                types,
                imports,
                functions,
                functionsOffset,
                tables,
                memories,
                tags,
                tagsOffset,
                globals,
                exports,
                start,
                startOffset,
                elements,
                dataCount,
                datas,
                bodies,
                customs);
    }

    private void section(int id) {
        switch (id) {
            case 0 -> custom();
            case 1 -> types = TypeDecoder.section(in);
            case 2 -> imports = imports();
            case 3 -> functions = functions();
            case 4 -> tables = tables();
            case 5 -> memories = memories();
            case 6 -> globals = globals();
            case 7 -> exports = exports();
            case 8 -> {
                startOffset = in.at();
                start = in.count("functions");
            }
            case 9 -> elements = new SegmentDecoder(in).elements(counted("element segments", MOST_ELEMENT_SEGMENTS));
            case 10 -> bodies = bodies();
            case 11 -> datas = new SegmentDecoder(in).datas(counted("data segments", MOST_DATA_SEGMENTS));
            case 12 -> dataCount = in.count("data segments");
            case 13 -> tags = tags();
            default -> throw new IllegalStateException("no section: " + id);
        }
    }

    private int counted(String what, int most) {
        int at = in.at();
        int count = in.count(what);
        if (count > most) {
            throw in.error(at, "too many " + what + ": " + count + ", the most is " + most);
        }
        if (count > in.left()) {
            throw in.error(at, "cut short: unexpected end: " + count + " " + what + " in " + in.left() + " bytes");
        }
        return count;
    }

    /** A custom section never fails a module, except for its name, which the format demands. */
    private void custom() {
        String customName = in.name();
        int from = in.at();
        int length = in.left();
        in.skip(length, "a custom section");
        customs.add(new Custom(customName, new Range(from, from + length)));
    }

    private List<Import> imports() {
        int count = counted("imports", MOST_IMPORTS);
        List<Import> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int at = in.at();
            String module = in.name();
            String field = in.name();
            int next = in.peek();
            // The compact import section: many imports of one module, with a type each or one for all.
            if (field.isEmpty() && (next == 0x7F || next == 0x7E)) {
                compactImports(made, at, module);
            } else {
                made.add(description(at, module, field));
            }
            if (made.size() > MOST_IMPORTS) {
                throw in.error(at, "too many imports: the most is " + MOST_IMPORTS);
            }
        }
        return made;
    }

    private void compactImports(List<Import> made, int at, String module) {
        boolean oneType = in.u8() == 0x7E;
        Import shared = oneType ? description(at, module, "") : null;
        int count = counted("imports", MOST_IMPORTS);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int fieldAt = in.at();
            String field = in.name();
            made.add(
                    shared == null
                            ? description(fieldAt, module, field)
                            : new Import(
                                    fieldAt,
                                    module,
                                    field,
                                    shared.kind(),
                                    shared.typeIndex(),
                                    shared.table(),
                                    shared.memory(),
                                    shared.global()));
        }
    }

    private Import description(int at, String module, String field) {
        int kindAt = in.at();
        int kind = in.u8();
        return switch (kind) {
            case ModuleDefinition.FUNCTION -> new Import(at, module, field, kind, in.count("types"), null, null, null);
            case ModuleDefinition.TABLE -> new Import(at, module, field, kind, -1, tableType(null), null, null);
            case ModuleDefinition.MEMORY -> new Import(at, module, field, kind, -1, null, memoryType(), null);
            case ModuleDefinition.GLOBAL -> {
                int globalAt = in.at();
                int type = TypeDecoder.valueType(in);
                boolean mutable = TypeDecoder.mutability(in);
                Global global = new Global(globalAt, type, mutable, new Range(in.at(), in.at()));
                yield new Import(at, module, field, kind, -1, null, null, global);
            }
            case ModuleDefinition.TAG -> new Import(at, module, field, kind, tag(), null, null, null);
            case 0x20 -> throw TypeDecoder.unsupported(in, kindAt, "custom descriptors", "an exact function import");
            default -> throw in.error(kindAt, "malformed import kind " + kind);
        };
    }

    private int[] functions() {
        int count = counted("functions", MOST_FUNCTIONS);
        functionsOffset = in.at();
        int[] made = new int[count];
        for (int i = 0; i < count; i++) {
            in.heed(i);
            made[i] = in.count("types");
        }
        return made;
    }

    private int[] tags() {
        int count = counted("tags", MOST_TAGS);
        tagsOffset = in.at();
        int[] made = new int[count];
        for (int i = 0; i < count; i++) {
            in.heed(i);
            made[i] = tag();
        }
        return made;
    }

    private int tag() {
        int at = in.at();
        int attribute = in.u8();
        if (attribute != 0) {
            throw in.error(at, "malformed tag attribute " + attribute);
        }
        return in.count("types");
    }

    private List<Table> tables() {
        int count = counted("tables", MOST_TABLES);
        List<Table> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (in.peek() == 0x40) {
                in.u8();
                int at = in.at();
                if (in.u8() != 0) {
                    throw in.error(at, "malformed table: a zero byte was expected");
                }
                Table withoutItems = tableType(null);
                Range initial = new ExpressionSkipper(in).skip();
                made.add(new Table(withoutItems.offset(), withoutItems.element(), withoutItems.limits(), initial));
            } else {
                made.add(tableType(null));
            }
        }
        return made;
    }

    private Table tableType(@Nullable Range initial) {
        int at = in.at();
        int element = TypeDecoder.referenceType(in);
        int flagsAt = in.at();
        int flags = in.u8();
        if ((flags & 2) != 0 && flags < 8) {
            throw TypeDecoder.unsupported(in, flagsAt, "shared-everything threads", "a shared table");
        }
        if (flags > 7) {
            throw in.error(flagsAt, "malformed limits flags " + flags);
        }
        return new Table(at, element, limits(flags), initial);
    }

    private List<Memory> memories() {
        int count = counted("memories", MOST_MEMORIES);
        List<Memory> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            made.add(memoryType());
        }
        return made;
    }

    private Memory memoryType() {
        int at = in.at();
        int flags = in.u8();
        if (flags > 0xF) {
            throw in.error(at, "malformed limits flags " + flags);
        }
        var limits = limits(flags & 7);
        int pageShift = 16;
        if ((flags & 8) != 0) {
            int shiftAt = in.at();
            pageShift = in.u32();
            if (pageShift < 0 || pageShift >= 64) {
                throw in.error(shiftAt, "invalid custom page size: 2^" + Integer.toUnsignedString(pageShift));
            }
        }
        return new Memory(at, limits, pageShift);
    }

    private ModuleDefinition.Limits limits(int flags) {
        boolean is64 = (flags & 4) != 0;
        boolean hasMaximum = (flags & 1) != 0;
        long minimum = is64 ? in.u64() : in.u32() & 0xFFFF_FFFFL;
        long maximum = !hasMaximum ? -1 : is64 ? in.u64() : in.u32() & 0xFFFF_FFFFL;
        return new ModuleDefinition.Limits(minimum, maximum, hasMaximum, (flags & 2) != 0, is64);
    }

    private List<Global> globals() {
        int count = counted("globals", MOST_GLOBALS);
        List<Global> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int at = in.at();
            int type = TypeDecoder.valueType(in);
            boolean mutable = TypeDecoder.mutability(in);
            made.add(new Global(at, type, mutable, new ExpressionSkipper(in).skip()));
        }
        return made;
    }

    private List<Export> exports() {
        int count = counted("exports", MOST_EXPORTS);
        List<Export> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int at = in.at();
            String exportName = in.name();
            int kindAt = in.at();
            int kind = in.u8();
            if (kind > ModuleDefinition.TAG) {
                throw in.error(kindAt, "malformed export kind " + kind);
            }
            made.add(new Export(at, exportName, kind, in.count("exported items")));
        }
        return made;
    }

    private Range[] bodies() {
        int count = counted("functions", MOST_FUNCTIONS);
        Range[] made = new Range[count];
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int at = in.at();
            int size = in.u32();
            if (size < 0 || size > in.left()) {
                throw in.error(
                        at,
                        "cut short: unexpected end: the body of function " + i + " of the code section has "
                                + Integer.toUnsignedString(size) + " bytes, only " + in.left() + " are left");
            }
            if (size > LARGEST_BODY) {
                throw in.error(at, "a function of " + size + " bytes, the most is " + LARGEST_BODY);
            }
            int from = in.skip(size, "a body");
            made[i] = new Range(from, from + size);
        }
        return made;
    }
}
