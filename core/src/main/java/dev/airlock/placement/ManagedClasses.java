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
 * The classes of an AssemblyScript guest, as far as the host knows them. Class numbers differ from build to build.
 *
 * <p>A guest built with {@code --exportRuntime} has a table of its classes. For each class number, it shows whether the objects
 * are lists and what their elements are. It tells {@code Array<i64>} and {@code Int64Array} apart, but not {@code Array<string>} and
 * {@code Array<Point>}. A global such as {@code Int64Array_ID} gives the number of one class.
 *
 * @param string the number of {@code String}; for the number of {@code ArrayBuffer} see {@link #buffer()}
 * @param lists the kinds of lists the host makes if several would do; empty if the guest must settle that
 * @param table the flags of each class, by its number; empty if the guest has no such table
 * @param exported class numbers by the names of their exports, such as {@code Int64Array_ID}
 */
public record ManagedClasses(int string, Set<ManagedList> lists, List<Integer> table, Map<String, Integer> exported) {
    /** The export that gives the offset of the table. */
    public static final String TABLE = "__rtti_base";

    /** The suffix of the exports that give class numbers. */
    public static final String NUMBER = "_ID";

    /** More classes than any guest has. A larger count is not a count of classes. */
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
     * @param bytes reads the guest's memory as it is before the guest runs
     * @return the flags of each class, by its number; empty if there is no table, or one in the form of old releases
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

    /** Reads a guest's memory as it is before the guest runs. */
    @FunctionalInterface
    public interface StaticBytes {
        /**
         * Reads bytes.
         *
         * @param offset the offset of the first byte, unsigned
         * @param length the number of bytes
         * @return the bytes; null if they are not known
         */
        byte @Nullable [] read(int offset, int length);
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /** The bits of the flags of a class: AssemblyScript's {@code TypeinfoFlags}. */
    public static final class Flags {
        static final int TYPED_ARRAY = 1;
        static final int ARRAY = 1 << 1;
        static final int STATIC_ARRAY = 1 << 2;
        static final int POINTER_FREE = 1 << 5;
        /** Elements have one byte. The next four bits stand for 2, 4, 8 and 16 bytes. */
        static final int BYTES = 1 << 6;

        /** The flag of classes whose elements are signed. */
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
     * Returns AssemblyScript's names for the element types of a list of numbers.
     *
     * @param form the form of the list
     * @return one or two names; for bytes the unsigned type is first, for wider integers the signed one
     * @throws IllegalArgumentException if the form is not a list of numbers
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
     * Returns the number of {@code ArrayBuffer}, the class of the buffers of all other lists.
     *
     * @return the class number: 0 if {@code String} has 1, else 1
     */
    public int buffer() {
        return string == 1 ? 0 : 1;
    }

    /**
     * Returns the classes that a list of numbers may have when it comes out of the guest.
     *
     * @param form the form of the list
     * @return the classes; empty if none is known
     * @throws IllegalArgumentException if the form is not a list of numbers
     * @throws SignatureException if an export gives a class number that does not agree with the table
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
     * Returns the classes that a list of objects may have. The class of an element is in the header of that element.
     *
     * @return the classes; empty if none is known
     * @throws SignatureException if an export gives a class number that does not agree with the table
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
     * Returns the exports by which a guest may give the numbers of list classes.
     *
     * @param element AssemblyScript's name of the element type: a number such as {@code i64}, or {@code string}
     * @return the kind of the class by the name of its export, such as {@code Int64Array_ID}
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
     * Returns the numbers of the classes that an object of a class written by the guest's author may have.
     *
     * @param name the name of the class; if the guest exports its number, that one is the result. Null if not known
     * @param pointerFree whether no field of the class refers to an object
     * @return the class numbers; empty if there is none, or if the guest's classes are not known
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
     * Names a class for an error message, as in {@code class 2 (String)}. Has only the number if the name is not known.
     *
     * @param number the class number
     * @return the text
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
     * Returns the class whose number an export gives: {@code Array<i64>} for {@code Array_i64_ID}.
     *
     * @param export the name of the export, which ends with {@link #NUMBER}
     * @return the class as AssemblyScript writes it
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
