package dev.airlock.engine.gc;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType;
import java.util.ArrayDeque;

/**
 * How structs of a type lie in memory: by the name of a JVM class, which tells how each field is stored, so that types of any
 * modules share the class and a name in cached code means the same to every process.
 *
 * <pre>
 *  (type $a (sub (struct (field i32) (field anyref) (field anyref))))     airlock.struct.IR2
 *  (type $b (sub $a (struct (field i32) (field anyref) (field anyref)     airlock.struct.IR2_JB,
 *                           (field i64) (field i8))))                       which extends the other
 * </pre>
 *
 * <p>B, S, I, J, F and D are as in JVM descriptors, R is a reference, V a vector, which is two longs. A number tells how often
 * one is repeated. The class of a type extends that of its supertype, so code for a type accesses all its subtypes.
 *
 * @param name the internal name of the class
 * @param kinds a letter for each field
 */
public record StructShape(String name, String kinds) {
    static final String PACKAGE = "airlock/struct/";

    /** More JVM parameters than this and a few a method may not have. */
    static final int MOST_SLOTS = 250;

    private static final String EMPTY = "dev/airlock/engine/gc/StructObject";

    /** Returns the shape of a type of structs. */
    public static StructShape of(DefinedType type) {
        DefinedType.FieldType[] fields = type.first();
        var kinds = new StringBuilder(fields.length);
        for (DefinedType.FieldType field : fields) {
            kinds.append(kind(field.code()));
        }
        var ends = new ArrayDeque<Integer>();
        for (DefinedType at = type; at != null; at = at.supertype()) {
            ends.addFirst(at.first().length);
        }
        var name = new StringBuilder(PACKAGE);
        int from = 0;
        for (int end : ends) {
            if (end > from) {
                append(name.append(from == 0 ? "" : "_"), kinds, from, end);
                from = end;
            }
        }
        return new StructShape(from == 0 ? EMPTY : name.toString(), kinds.toString());
    }

    private static void append(StringBuilder name, CharSequence kinds, int from, int end) {
        int at = from;
        while (at < end) {
            int run = at;
            while (run < end && kinds.charAt(run) == kinds.charAt(at)) {
                run++;
            }
            name.append(kinds.charAt(at));
            if (run - at > 1) {
                name.append(run - at);
            }
            at = run;
        }
    }

    /** Returns the kinds of all fields of the class that has a name, after the package. */
    static String kinds(String segments) {
        var kinds = new StringBuilder();
        int at = 0;
        while (at < segments.length()) {
            char kind = segments.charAt(at++);
            int end = at;
            while (end < segments.length() && Character.isDigit(segments.charAt(end))) {
                end++;
            }
            if (kind != '_') {
                int times = end == at ? 1 : Integer.parseInt(segments.substring(at, end));
                kinds.append(String.valueOf(kind).repeat(times));
            }
            at = end;
        }
        return kinds.toString();
    }

    /** Returns how a field is stored: its letter. */
    public static char kind(int code) {
        return switch (code) {
            case ValueTypes.I8 -> 'B';
            case ValueTypes.I16 -> 'S';
            default -> ValueTypes.isReference(code) ? 'R' : ValueTypes.carrier(code);
        };
    }

    /** Returns the descriptor of a JVM field for a kind; of one half, for a vector. */
    public static String descriptor(char kind) {
        return switch (kind) {
            case 'R' -> "Ljava/lang/Object;";
            case 'V' -> "J";
            default -> String.valueOf(kind);
        };
    }

    /** Returns the name of the JVM field of a field; of a vector, of its low half. */
    public static String fieldName(int field) {
        return "f" + field;
    }

    /** Returns the name of the JVM field of the high half of a vector. */
    public static String highName(int field) {
        return "h" + field;
    }

    /** Returns whether the class has a method {@code make} that takes the values of all fields; else there are too many. */
    public boolean hasMake() {
        return slots(kinds) <= MOST_SLOTS;
    }

    private static int slots(String kinds) {
        int slots = 0;
        for (int i = 0; i < kinds.length(); i++) {
            slots += switch (kinds.charAt(i)) {
                case 'J', 'D' -> 2;
                case 'V' -> 4;
                default -> 1;
            };
        }
        return slots;
    }

    /** Returns the descriptor of {@code make}: the carriers of all fields, the type, and the account. */
    public String makeDescriptor() {
        var text = new StringBuilder("(");
        for (int i = 0; i < kinds.length(); i++) {
            text.append(
                    switch (kinds.charAt(i)) {
                        case 'B', 'S' -> "I";
                        case 'V' -> "JJ";
                        default -> descriptor(kinds.charAt(i));
                    });
        }
        return text.append("Ldev/airlock/engine/validate/DefinedType;Ldev/airlock/limit/CollectedHeap;)L")
                .append(name)
                .append(';')
                .toString();
    }

    /** Returns the bytes of an object, as {@link dev.airlock.limit.CollectedHeap} counts them. */
    int bytes() {
        int bytes = CollectedObject.BYTES;
        for (int i = 0; i < kinds.length(); i++) {
            bytes += switch (kinds.charAt(i)) {
                case 'B' -> 1;
                case 'S' -> 2;
                case 'I', 'F' -> 4;
                case 'V' -> 16;
                default -> 8;
            };
        }
        return (bytes + 7) & ~7;
    }
}
