package dev.airlock.placement;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows of the classes of an AssemblyScript guest, which have other numbers in every build.
 *
 * <p>A guest with {@code --exportRuntime} has a table of them, which says of each class number whether its objects are
 * lists, and of what. It tells {@code Array<i64>} and {@code Int64Array} apart, but not {@code Array<string>} and
 * {@code Array<Point>}. A global such as {@code Int64Array_ID} gives the number of one class.
 *
 * @param string the number of {@code String}; that of {@code ArrayBuffer} is one less
 * @param lists which kinds of lists the host makes where several would do; empty if the guest has to make that clear
 * @param table the flags of each class, by its number; empty if the guest has no such table
 * @param exported class numbers by the names of their exports, such as {@code Int64Array_ID}
 */
public record ManagedClasses(int string, Set<ManagedList> lists, List<Integer> table, Map<String, Integer> exported) {
    /** The export that says where the table is. */
    public static final String TABLE = "__rtti_base";

    /** How the names of those exports end that give class numbers. */
    public static final String NUMBER = "_ID";

    /** More than any guest has: a count above this is not believed. */
    private static final int MOST_CLASSES = 1 << 16;

    /**
     * Copies the collections.
     *
     * @param string as in the record
     * @param lists as in the record
     * @param table as in the record
     * @param exported as in the record
     */
    public ManagedClasses {
        lists = Set.copyOf(lists);
        table = List.copyOf(table);
        exported = Map.copyOf(exported);
    }

    /**
     * Reads a table of classes.
     *
     * <pre>{@code
     * __rtti_base
     *      │ 4       4          4
     *      ▼┌───────┬──────────┬──────────┬─ ─
     *       │ count │ flags[0] │ flags[1] │       little-endian
     *       └───────┴──────────┴──────────┴─ ─
     * }</pre>
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @param bytes returns so many bytes from an offset on, as they are before the guest runs; null if they are not known
     * @return the flags of each class; empty if there is no table, or one of another form, as old releases have it
     */
    public static List<Integer> readTable(int offset, StaticBytes bytes) {
        byte @Nullable [] counted = bytes.read(offset, 4);
        int count = counted == null ? 0 : word(counted, 0);
        if (count < 3 || count > MOST_CLASSES) {
            return List.of();
        }
        byte @Nullable [] all = bytes.read(offset, 4 + 4 * count);
        if (all == null) {
            return List.of();
        }
        List<Integer> flags =
                IntStream.range(0, count).mapToObj(i -> word(all, 4 + 4 * i)).toList();
        // Object, ArrayBuffer and String: in the older form with two words for each class this is not so.
        return flags.subList(0, 3).equals(List.of(Flags.POINTER_FREE, Flags.POINTER_FREE, Flags.POINTER_FREE))
                ? flags
                : List.of();
    }

    /** The first bytes of a guest's memory. */
    @FunctionalInterface
    public interface StaticBytes {
        /**
         * Reads bytes.
         *
         * @param offset the first offset
         * @param length the number of bytes
         * @return the bytes as they are before the guest runs; null if they are not known
         */
        byte @Nullable [] read(int offset, int length);
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /** The bits that say what the objects of a class are: AssemblyScript's {@code TypeinfoFlags}. */
    public static final class Flags {
        static final int TYPED_ARRAY = 1;
        static final int ARRAY = 1 << 1;
        static final int STATIC_ARRAY = 1 << 2;
        static final int POINTER_FREE = 1 << 5;
        /** That elements have one byte; the next four bits are for 2, 4, 8 and 16. */
        static final int BYTES = 1 << 6;

        /** The flag of classes whose elements have a sign. */
        public static final int SIGNED = 1 << 11;

        static final int FLOAT = 1 << 12;
        static final int MANAGED = 1 << 14;

        private static final int ELEMENTS = 31 * BYTES | FLOAT | MANAGED;

        private Flags() {}

        static boolean isListOf(int flags, int elements) {
            return kind(flags) != null && (flags & ELEMENTS) == elements;
        }

        static @Nullable ManagedList kind(int flags) {
            return switch (flags & (TYPED_ARRAY | ARRAY | STATIC_ARRAY)) {
                case TYPED_ARRAY -> ManagedList.TYPED_ARRAY;
                case ARRAY -> ManagedList.ARRAY;
                case STATIC_ARRAY -> ManagedList.STATIC_ARRAY;
                default -> null;
            };
        }
    }

    private static final int REFERENCES = Flags.BYTES << 2 | Flags.MANAGED;

    private static int elements(BlockForm form) {
        return switch (form) {
            case BYTES -> Flags.BYTES;
            case SHORTS -> Flags.BYTES << 1;
            case INTS -> Flags.BYTES << 2;
            case LONGS -> Flags.BYTES << 3;
            case FLOATS -> Flags.BYTES << 2 | Flags.FLOAT;
            case DOUBLES -> Flags.BYTES << 3 | Flags.FLOAT;
            case UTF8, UTF16, PAYLOAD, PAYLOAD_UTF16, OBJECTS ->
                throw new IllegalArgumentException(form + " is no list");
        };
    }

    /**
     * What AssemblyScript calls the numbers that such a block may have: first as Java has them, then unsigned or signed.
     *
     * @param form the form of the elements
     * @return what AssemblyScript calls the numbers that such a block may have
     */
    public static List<String> numbers(BlockForm form) {
        return switch (form) {
            case BYTES -> List.of("u8", "i8");
            case SHORTS -> List.of("i16", "u16");
            case INTS -> List.of("i32", "u32");
            case LONGS -> List.of("i64", "u64");
            case FLOATS -> List.of("f32");
            case DOUBLES -> List.of("f64");
            case UTF8, UTF16, PAYLOAD, PAYLOAD_UTF16, OBJECTS ->
                throw new IllegalArgumentException(form + " is no list");
        };
    }

    private static String typedArray(String number) {
        String bits = number.substring(1);
        return switch (number.charAt(0)) {
            case 'f' -> "Float" + bits + "Array";
            case 'u' -> "Uint" + bits + "Array";
            default -> "Int" + bits + "Array";
        };
    }

    /**
     * Returns the number of {@code ArrayBuffer}, and so of the buffers behind other lists.
     *
     * @return the number of {@code ArrayBuffer}, and so of the buffers behind other lists
     */
    public int buffer() {
        return string == 1 ? 0 : 1;
    }

    /**
     * Returns the classes that a list of such elements may have when it comes out of the guest; empty if none is known.
     *
     * @param form the form of the elements
     * @return the classes
     */
    public List<ManagedClass> lists(BlockForm form) {
        var classes = new ArrayList<ManagedClass>();
        if (form == BlockForm.BYTES) {
            classes.add(new ManagedClass(buffer(), ManagedList.ARRAY_BUFFER));
        }
        addLists(classes, elements(form));
        numbers(form).forEach(number -> addExported(classes, number, elements(form)));
        return classes.stream().distinct().toList();
    }

    /**
     * Returns the classes that a list of objects may have: what objects they are, the objects themselves say.
     *
     * @return the classes that a list of objects may have
     */
    public List<ManagedClass> listsOfObjects() {
        var classes = new ArrayList<ManagedClass>();
        addLists(classes, REFERENCES);
        addExported(classes, "string", REFERENCES);
        return classes.stream().distinct().toList();
    }

    private void addLists(List<ManagedClass> classes, int elements) {
        for (int i = 0; i < table.size(); i++) {
            ManagedList kind = Flags.kind(table.get(i));
            if (kind != null && Flags.isListOf(table.get(i), elements)) {
                classes.add(new ManagedClass(i, kind));
            }
        }
    }

    private void addExported(List<ManagedClass> classes, String element, int elements) {
        exportedFor(element).forEach((name, kind) -> {
            Integer number = exported.get(name);
            if (number != null) {
                check(name, number, kind, elements);
                classes.add(new ManagedClass(number, kind));
            }
        });
    }

    /**
     * By which exports a guest may give the number of a class with such elements.
     *
     * @param element the form of the elements
     * @return the names of the exports
     */
    public static Map<String, ManagedList> exportedFor(String element) {
        var names = new LinkedHashMap<String, ManagedList>();
        if (!element.equals("string")) {
            names.put(typedArray(element) + NUMBER, ManagedList.TYPED_ARRAY);
        }
        names.put("Array_" + element + NUMBER, ManagedList.ARRAY);
        names.put("StaticArray_" + element + NUMBER, ManagedList.STATIC_ARRAY);
        return names;
    }

    private void check(String name, int number, ManagedList kind, int elements) {
        boolean known = number >= 0 && number < table.size();
        boolean fits = known && Flags.kind(table.get(number)) == kind && Flags.isListOf(table.get(number), elements);
        if (!table.isEmpty() && !fits) {
            throw new SignatureException("the guest exports " + name + " = " + Integer.toUnsignedString(number)
                    + ", and by its own table that is " + describe(number));
        }
    }

    /**
     * Returns the classes that an object of a class of the guest's own may have, whose fields are as wanted.
     *
     * @param name the class's name, in case the guest gives its number by an export
     * @param pointerFree whether no field refers to an object
     * @return empty if there is none, or nothing is known of the guest's classes
     */
    public List<Integer> objects(@Nullable String name, boolean pointerFree) {
        Integer number = name == null ? null : exported.get(name + NUMBER);
        if (number != null) {
            return List.of(number);
        }
        return IntStream.range(Math.min(3, table.size()), table.size())
                .filter(i -> table.get(i) == (pointerFree ? Flags.POINTER_FREE : 0))
                .boxed()
                .toList();
    }

    /**
     * As in {@code class 2 (String)}; the number alone if the guest says nothing of the class.
     *
     * @param number the class number
     * @return the text, for errors
     */
    public String describe(int number) {
        String name = name(number);
        return "class " + Integer.toUnsignedString(number) + (name == null ? "" : " (" + name + ")");
    }

    private @Nullable String name(int number) {
        if (number == string) {
            return "String";
        } else if (number == buffer()) {
            return "ArrayBuffer";
        }
        int flags = number >= 0 && number < table.size() ? table.get(number) : 0;
        ManagedList kind = Flags.kind(flags);
        if (kind != null && (flags & Flags.MANAGED) == 0) {
            return text(kind, element(flags));
        }
        return exported.entrySet().stream()
                .filter(e -> e.getValue() == number)
                .map(e -> typeOf(e.getKey()))
                .sorted()
                .findFirst()
                .orElse(
                        kind != null
                                ? text(kind, "object")
                                : table.isEmpty() || (number >= 0 && number < table.size())
                                        ? null
                                        : "which the guest does not have");
    }

    private static String text(ManagedList kind, String element) {
        return switch (kind) {
            case TYPED_ARRAY -> typedArray(element);
            case ARRAY -> "Array<" + element + ">";
            case STATIC_ARRAY -> "StaticArray<" + element + ">";
            case ARRAY_BUFFER -> "ArrayBuffer";
        };
    }

    /**
     * Returns the class that an export is for: {@code Array<i64>} for {@code Array_i64_ID}.
     *
     * @param export the name of the export
     * @return the class that an export is for
     */
    public static String typeOf(String export) {
        String type = export.substring(0, export.length() - NUMBER.length());
        int at = type.indexOf('_');
        return at < 0 ? type : type.substring(0, at) + "<" + type.substring(at + 1) + ">";
    }

    private static String element(int flags) {
        int bytes = Integer.numberOfTrailingZeros((flags & 31 * Flags.BYTES) / Flags.BYTES | 32);
        String sign = (flags & Flags.FLOAT) != 0 ? "f" : (flags & Flags.SIGNED) != 0 ? "i" : "u";
        return sign + (8 << bytes);
    }
}
