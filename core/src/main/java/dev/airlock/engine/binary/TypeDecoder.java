package dev.airlock.engine.binary;

import dev.airlock.engine.binary.ModuleDefinition.RecursionGroup;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import java.util.ArrayList;
import java.util.List;

/** Decodes types (core specification, section 5.3). */
public final class TypeDecoder {
    /** The JS embedding's limits, in its section "Implementation-defined Limits". */
    private static final int MOST_TYPES = 1_000_000;

    private static final int MOST_PARAMETERS = 1_000;
    private static final int MOST_RESULTS = 1_000;
    private static final int MOST_FIELDS = 10_000;

    private static final int[] NONE = {};
    private static final boolean[] IMMUTABLE = {};

    private TypeDecoder() {}

    static List<RecursionGroup> section(ByteInput in) {
        int countAt = in.at();
        int count = in.count("types");
        if (count > MOST_TYPES) {
            throw in.error(countAt, "too many types: " + count + ", the most is " + MOST_TYPES);
        }
        if (count > in.left()) {
            throw in.error(countAt, "cut short: unexpected end: " + count + " types in " + in.left() + " bytes");
        }
        List<RecursionGroup> groups = new ArrayList<>(count);
        int types = 0;
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int start = in.at();
            RecursionGroup group = group(in, types);
            groups.add(group);
            types += group.types().size();
            if (types > MOST_TYPES) {
                throw in.error(start, "too many types: more than " + MOST_TYPES);
            }
        }
        return groups;
    }

    private static RecursionGroup group(ByteInput in, int first) {
        if (in.peek() != 0x4E) {
            return new RecursionGroup(first, List.of(subType(in)));
        }
        in.u8();
        int start = in.at();
        int count = in.count("types in a recursion group");
        if (count > MOST_TYPES) {
            throw in.error(start, "too many types: " + count + ", the most is " + MOST_TYPES);
        }
        if (count > in.left()) {
            throw in.error(start, "cut short: unexpected end: " + count + " types in " + in.left() + " bytes");
        }
        List<SubType> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            types.add(subType(in));
        }
        return new RecursionGroup(first, types);
    }

    private static SubType subType(ByteInput in) {
        int start = in.at();
        int form = in.peek();
        boolean isFinal = true;
        int supertype = -1;
        if (form == 0x50 || form == 0x4F) {
            in.u8();
            isFinal = form == 0x4F;
            int at = in.at();
            int count = in.count("supertypes");
            if (count > 1) {
                throw in.error(at, "a type has one supertype at most, not " + count + ": malformed sub type");
            }
            if (count == 1) {
                supertype = in.count("types");
            }
        }
        int at = in.at();
        int kind = in.u8();
        return switch (kind) {
            case SubType.FUNC -> {
                int[] params = valueTypes(in, MOST_PARAMETERS, "parameters");
                int[] results = valueTypes(in, MOST_RESULTS, "results");
                yield new SubType(start, isFinal, supertype, kind, params, results, IMMUTABLE);
            }
            case SubType.STRUCT -> {
                int fieldsAt = in.at();
                int count = in.count("fields");
                if (count > MOST_FIELDS) {
                    throw in.error(fieldsAt, "too many fields of a struct: " + count + ", the most is " + MOST_FIELDS);
                }
                int[] fields = new int[count];
                boolean[] mutable = new boolean[count];
                for (int i = 0; i < count; i++) {
                    fields[i] = fieldType(in);
                    mutable[i] = mutability(in);
                }
                yield new SubType(start, isFinal, supertype, kind, fields, NONE, mutable);
            }
            case SubType.ARRAY -> {
                int element = fieldType(in);
                boolean mutable = mutability(in);
                yield new SubType(start, isFinal, supertype, kind, new int[] {element}, NONE, new boolean[] {mutable});
            }
            case 0x5D -> throw unsupported(in, at, "stack switching", "a continuation type");
            case 0x65 -> throw unsupported(in, at, "shared-everything threads", "a shared type");
            case 0x4C, 0x4D -> throw unsupported(in, at, "custom descriptors", "a type with a descriptor");
            default -> throw in.error(at, "malformed composite type: 0x" + Integer.toHexString(kind));
        };
    }

    static dev.airlock.error.ModuleException unsupported(ByteInput in, int at, String proposal, String what) {
        return in.error(at, what + " needs the proposal \"" + proposal + "\", which is not supported");
    }

    private static int[] valueTypes(ByteInput in, int most, String what) {
        int start = in.at();
        int count = in.count(what);
        if (count > most) {
            throw in.error(start, "too many " + what + " of a function: " + count + ", the most is " + most);
        }
        int[] types = count == 0 ? NONE : new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = valueType(in);
        }
        return types;
    }

    private static int fieldType(ByteInput in) {
        int next = in.peek();
        if (next == ValueTypes.I8 || next == ValueTypes.I16) {
            return in.u8();
        }
        return valueType(in);
    }

    static boolean mutability(ByteInput in) {
        int at = in.at();
        int flag = in.u8();
        if (flag == 2 || flag == 3) {
            throw unsupported(in, at, "shared-everything threads", "malformed mutability: a shared global or field");
        }
        if (flag > 1) {
            throw in.error(at, "malformed mutability: " + flag);
        }
        return flag == 1;
    }

    /** Section 5.3.5. */
    public static int valueType(ByteInput in) {
        int at = in.at();
        int first = in.peek();
        if (first >= ValueTypes.V128 && first <= ValueTypes.I32) {
            return in.u8();
        }
        int type = referenceTypeOrNone(in);
        if (type == ValueTypes.BOTTOM) {
            throw in.error(at, "malformed value type: 0x" + Integer.toHexString(first));
        }
        return type;
    }

    public static int referenceType(ByteInput in) {
        int at = in.at();
        int type = referenceTypeOrNone(in);
        if (type == ValueTypes.BOTTOM) {
            throw in.error(at, "malformed reference type: 0x" + Integer.toHexString(in.bytes()[at] & 0xFF));
        }
        return type;
    }

    private static int referenceTypeOrNone(ByteInput in) {
        int at = in.at();
        int first = in.peek();
        if (first == 0x63 || first == 0x64) {
            in.u8();
            return ValueTypes.reference(first == 0x63, heapType(in));
        }
        if (first == 0x65) {
            throw unsupported(in, at, "shared-everything threads", "a shared type");
        }
        if (first == 0x62) {
            throw unsupported(in, at, "custom descriptors", "an exact type");
        }
        if (first == 0x68 || first == 0x75) {
            throw unsupported(in, at, "stack switching", "a reference to a continuation");
        }
        if (isAbstract(first)) {
            in.u8();
            return ValueTypes.reference(true, ValueTypes.ABSTRACT | first);
        }
        return ValueTypes.BOTTOM;
    }

    private static boolean isAbstract(int code) {
        return code >= 0x69 && code <= 0x74;
    }

    /** A type index, or one of the abstract heap types. */
    public static int heapType(ByteInput in) {
        int at = in.at();
        int first = in.peek();
        if (first == 0x68 || first == 0x75) {
            throw unsupported(in, at, "stack switching", "a continuation type");
        }
        if (first == 0x65) {
            throw unsupported(in, at, "shared-everything threads", "a shared type");
        }
        if (first == 0x62) {
            throw unsupported(in, at, "custom descriptors", "an exact type");
        }
        if (isAbstract(first)) {
            in.u8();
            return ValueTypes.ABSTRACT | first;
        }
        long index = in.s33();
        if (index < 0) {
            throw in.error(at, "malformed heap type");
        }
        if (index >= MOST_TYPES) {
            throw in.error(at, "unknown type " + index);
        }
        return (int) index;
    }
}
