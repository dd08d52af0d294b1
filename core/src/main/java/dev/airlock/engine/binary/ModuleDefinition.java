package dev.airlock.engine.binary;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A core module as its bytes say it (core specification, section 2.5): decoded, nothing looked up. Types of values are codes of
 * {@link ValueTypes}. The bodies of functions and all expressions are only ranges of bytes.
 *
 * @param bytes the module; the ranges below lie in it
 * @param types recursion groups in order
 * @param imports in order
 * @param functions the type indices of the functions that the module defines
 * @param functionsOffset where the first of these indices is
 * @param tables those that the module defines, and so on
 * @param tagsOffset where the first of the module's tags is
 * @param start the index of the start function, or -1
 * @param dataCount what the data count section says, or -1
 * @param bodies of the functions, in order
 * @param customs custom sections in order
 */
public record ModuleDefinition(
        String name,
        byte[] bytes,
        List<RecursionGroup> types,
        List<Import> imports,
        int[] functions,
        int functionsOffset,
        List<Table> tables,
        List<Memory> memories,
        int[] tags,
        int tagsOffset,
        List<Global> globals,
        List<Export> exports,
        int start,
        int startOffset,
        List<Element> elements,
        int dataCount,
        List<Data> datas,
        Range[] bodies,
        List<Custom> customs) {
    /** Kinds of imports and exports, as the binary format numbers them. */
    public static final int FUNCTION = 0;

    private static final int CODE_SECTION = 10;

    public static final int TABLE = 1;
    public static final int MEMORY = 2;
    public static final int GLOBAL = 3;
    public static final int TAG = 4;

    /** Returns where the type index of a function is that the module defines. */
    public int functionOffset(int function) {
        return skip(functionsOffset, function);
    }

    /** Returns where the type index of a tag is that the module defines. */
    public int tagOffset(int tag) {
        // The attribute is a number of its own.
        return skip(tagsOffset, 2 * tag + 1);
    }

    /** Returns where an item of an element segment that lists functions is. */
    public int itemOffset(Element element, int item) {
        return skip(element.itemsOffset(), item);
    }

    /** For errors, so that a valid module has to keep no offset of each number. */
    private int skip(int from, int numbers) {
        int at = from;
        for (int i = 0; i < numbers; at++) {
            if (bytes[at] >= 0) {
                i++;
            }
        }
        return at;
    }

    /** Returns what the first custom section of a name contains; null if there is none. */
    public byte @Nullable [] custom(String sectionName) {
        for (Custom custom : customs) {
            if (custom.name().equals(sectionName)) {
                return Arrays.copyOfRange(
                        bytes, custom.content().from(), custom.content().end());
            }
        }
        return null;
    }

    /** Returns how many of the imports are functions: the indices of the functions that the module defines come after them. */
    public int importedFunctions() {
        return (int)
                imports.stream().filter(wanted -> wanted.kind() == FUNCTION).count();
    }

    /** Returns where the contents of the code section begin, from where debug information counts; -1 if there is none. */
    public int codeSection() {
        var in = new ByteInput(name, bytes, ModuleHeader.SIZE, bytes.length);
        while (in.hasMore()) {
            int id = in.u8();
            int size = in.u32();
            if (id == CODE_SECTION) {
                return in.at();
            }
            in.skip(size, "a section");
        }
        return -1;
    }

    /** Bytes of the module. */
    public record Range(int from, int end) {
        public int length() {
            return end - from;
        }
    }

    /** Types that may refer to each other. {@code first} is the index of the first. */
    public record RecursionGroup(int first, List<SubType> types) {}

    /**
     * One type.
     *
     * @param supertype an index, or -1
     * @param kind 0x60 for a function, 0x5F for a struct, 0x5E for an array
     * @param first parameters of a function, fields of a struct or the element of an array
     * @param results of a function
     * @param mutable of each field
     */
    public record SubType(
            int offset, boolean isFinal, int supertype, int kind, int[] first, int[] results, boolean[] mutable) {
        public static final int FUNC = 0x60;
        public static final int STRUCT = 0x5F;
        public static final int ARRAY = 0x5E;
    }

    /** Sizes; the maximum is -1 if there is none. Both are unsigned. */
    public record Limits(long minimum, long maximum, boolean hasMaximum, boolean shared, boolean is64) {}

    /** @param pageShift the logarithm of the page size: 16, or another that custom page sizes allow */
    public record Memory(int offset, Limits limits, int pageShift) {}

    /** @param initial the expression for the elements; null if they are null references */
    public record Table(
            int offset,
            int element,
            Limits limits,
            @Nullable Range initial) {}

    public record Global(int offset, int type, boolean mutable, Range initial) {}

    /**
     * One import. Exactly one of the descriptions is set, by its kind.
     *
     * @param typeIndex of a function or a tag
     */
    public record Import(
            int offset,
            String module,
            String name,
            int kind,
            int typeIndex,
            @Nullable Table table,
            @Nullable Memory memory,
            @Nullable Global global) {}

    public record Export(int offset, String name, int kind, int index) {}

    /** How a segment is used. */
    public enum Mode {
        ACTIVE,
        PASSIVE,
        DECLARED
    }

    /**
     * An element segment.
     *
     * @param table of an active one
     * @param where the offset's expression, of an active one
     * @param itemsOffset where the first item is
     * @param functions indices, if it is a list of functions
     * @param items if it is not, where each of the expressions starts, and where the last ends
     */
    public record Element(
            int offset,
            Mode mode,
            int table,
            @Nullable Range where,
            int type,
            int itemsOffset,
            int @Nullable [] functions,
            int @Nullable [] items) {
        public int length() {
            return functions != null ? functions.length : items == null ? 0 : items.length - 1;
        }
    }

    /** A data segment. */
    public record Data(
            int offset, Mode mode, int memory, @Nullable Range where, Range content) {}

    public record Custom(String name, Range content) {}
}
