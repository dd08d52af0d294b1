package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ModuleDefinition.RecursionGroup;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.ModuleException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of a module, validated and canonical, and matching between codes of it (core specification, 3.2 and 3.3). */
final class ModuleTypes {
    /** The JS embedding's limit on how deep subtyping goes. */
    private static final int DEEPEST = 63;

    private final String name;
    private final SubType[] types;
    private final CanonicalType[] canonical;

    /** A field without a default value of each struct, so that no operator has to look at all fields. */
    private final int[] undefaulted;

    /** How many supertypes each type has: known before a type is made, whose display is as long. */
    private final byte[] depths;

    /** The first index that a type may not refer to: the end of its recursion group. */
    private int visible;

    ModuleTypes(ModuleDefinition module) {
        name = module.name();
        int count = 0;
        for (RecursionGroup group : module.types()) {
            count += group.types().size();
        }
        types = new SubType[count];
        canonical = new CanonicalType[count];
        depths = new byte[count];
        undefaulted = new int[count];
        for (RecursionGroup group : module.types()) {
            add(group);
        }
    }

    private void add(RecursionGroup group) {
        List<SubType> members = group.types();
        int first = group.first();
        for (int i = 0; i < members.size(); i++) {
            types[first + i] = members.get(i);
        }
        visible = first + members.size();
        for (int i = 0; i < members.size(); i++) {
            checkReferences(first + i);
        }
        CanonicalType[] made = TypeCanon.group(group, canonical);
        System.arraycopy(made, 0, canonical, first, made.length);
        for (int i = 0; i < members.size(); i++) {
            checkSupertype(first + i);
        }
    }

    private void checkReferences(int index) {
        SubType type = types[index];
        for (int code : type.first()) {
            check(code, type.offset());
            if (!hasDefault(code)) {
                undefaulted[index] = code;
            }
        }
        for (int code : type.results()) {
            check(code, type.offset());
        }
        if (type.supertype() >= index) {
            throw error(type.offset(), "unknown type " + type.supertype() + ": a supertype has to come before");
        }
        if (type.supertype() >= 0) {
            int depth = depths[type.supertype()] + 1;
            if (depth > DEEPEST) {
                throw error(type.offset(), "type " + index + " has more than " + DEEPEST + " supertypes");
            }
            depths[index] = (byte) depth;
        }
    }

    private void checkSupertype(int index) {
        SubType type = types[index];
        if (type.supertype() < 0) {
            return;
        }
        SubType above = types[type.supertype()];
        if (above.isFinal()) {
            throw error(
                    type.offset(),
                    "sub type " + index + " does not match super type " + type.supertype() + ", which is final");
        }
        if (!isStructurallyBelow(type, above)) {
            throw error(type.offset(), "sub type " + index + " does not match super type " + type.supertype());
        }
    }

    private boolean isStructurallyBelow(SubType sub, SubType above) {
        if (sub.kind() != above.kind() || sub.first().length < above.first().length) {
            return false;
        }
        if (sub.kind() == SubType.FUNC) {
            if (sub.first().length != above.first().length || sub.results().length != above.results().length) {
                return false;
            }
            for (int i = 0; i < sub.first().length; i++) {
                if (!matches(above.first()[i], sub.first()[i])) {
                    return false;
                }
            }
            for (int i = 0; i < sub.results().length; i++) {
                if (!matches(sub.results()[i], above.results()[i])) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < above.first().length; i++) {
            if (sub.mutable()[i] != above.mutable()[i]
                    || !matches(sub.first()[i], above.first()[i])
                    || (sub.mutable()[i] && !matches(above.first()[i], sub.first()[i]))) {
                return false;
            }
        }
        return true;
    }

    private ModuleException error(int offset, String problem) {
        return new ModuleException(name, offset, problem, null);
    }

    int count() {
        return types.length;
    }

    CanonicalType canonical(int index) {
        return canonical[index];
    }

    SubType type(int index) {
        return types[index];
    }

    /** Refuses a value type whose type index does not exist. */
    void check(int code, int offset) {
        if (ValueTypes.isReference(code)) {
            checkHeap(ValueTypes.heapType(code), offset);
        }
    }

    void checkHeap(int heapType, int offset) {
        if (!ValueTypes.isAbstract(heapType) && heapType >= visible) {
            throw error(offset, "unknown type " + heapType);
        }
    }

    boolean isFunction(int index) {
        return index < types.length && types[index].kind() == SubType.FUNC;
    }

    /** Whether a tag can have the type: one without results. */
    boolean isTag(int index) {
        return isFunction(index) && types[index].results().length == 0;
    }

    /** Returns a type that has to be of a kind. */
    SubType require(int index, int kind, int offset) {
        if (index < 0 || index >= types.length) {
            throw error(offset, "unknown type " + Integer.toUnsignedString(index));
        }
        if (types[index].kind() != kind) {
            String wanted = kind == SubType.FUNC ? "function" : kind == SubType.STRUCT ? "struct" : "array";
            throw error(offset, "type mismatch: type " + index + " is not a " + wanted + " type");
        }
        return types[index];
    }

    static boolean hasDefault(int code) {
        return !ValueTypes.isReference(code) || ValueTypes.isNullable(code);
    }

    /** Returns a field of a struct that has no default value; {@code BOTTOM} if all have one. */
    int withoutDefault(int index) {
        return undefaulted[index];
    }

    private @Nullable CanonicalType defined(int heapType) {
        return ValueTypes.isAbstract(heapType) ? null : canonical[heapType];
    }

    boolean matches(int sub, int sup) {
        if (sub == sup || sub == ValueTypes.BOTTOM) {
            return true;
        }
        if (!ValueTypes.isReference(sub) || !ValueTypes.isReference(sup)) {
            return false;
        }
        if (sub == OperandTypes.BOTTOM_REFERENCE) {
            return true;
        }
        if (ValueTypes.isNullable(sub) && !ValueTypes.isNullable(sup)) {
            return false;
        }
        return heapMatches(ValueTypes.heapType(sub), ValueTypes.heapType(sup));
    }

    boolean heapMatches(int sub, int sup) {
        return sub == sup || Matching.heap(sub, defined(sub), sup, defined(sup));
    }

    /** Returns a type without this module around it. */
    FieldType portable(int code, boolean mutable) {
        CanonicalType defined = ValueTypes.isReference(code) ? defined(ValueTypes.heapType(code)) : null;
        return new FieldType(
                defined == null ? code : ValueTypes.reference(ValueTypes.isNullable(code), 0), defined, mutable);
    }

    /** Returns the abstract heap type at the top of a heap type's hierarchy. */
    int top(int heapType) {
        CanonicalType defined = defined(heapType);
        if (defined != null) {
            return defined.kind() == DefinedType.Kind.FUNC ? ValueTypes.HEAP_FUNC : ValueTypes.HEAP_ANY;
        }
        return switch (heapType) {
            case ValueTypes.HEAP_FUNC, ValueTypes.HEAP_NOFUNC -> ValueTypes.HEAP_FUNC;
            case ValueTypes.HEAP_EXTERN, ValueTypes.HEAP_NOEXTERN -> ValueTypes.HEAP_EXTERN;
            case ValueTypes.HEAP_EXN, ValueTypes.HEAP_NOEXN -> ValueTypes.HEAP_EXN;
            default -> ValueTypes.HEAP_ANY;
        };
    }

    /** For errors: the type as the text format has it. */
    String show(int code) {
        if (!ValueTypes.isReference(code)) {
            return switch (code) {
                case ValueTypes.I32 -> "i32";
                case ValueTypes.I64 -> "i64";
                case ValueTypes.F32 -> "f32";
                case ValueTypes.F64 -> "f64";
                case ValueTypes.V128 -> "v128";
                case ValueTypes.I8 -> "i8";
                case ValueTypes.I16 -> "i16";
                default -> "any type";
            };
        }
        return "(ref " + (ValueTypes.isNullable(code) ? "null " : "") + showHeap(ValueTypes.heapType(code)) + ")";
    }

    static String showHeap(int heapType) {
        return switch (heapType) {
            case ValueTypes.HEAP_NOEXN -> "noexn";
            case ValueTypes.HEAP_NOFUNC -> "nofunc";
            case ValueTypes.HEAP_NOEXTERN -> "noextern";
            case ValueTypes.HEAP_NONE -> "none";
            case ValueTypes.HEAP_FUNC -> "func";
            case ValueTypes.HEAP_EXTERN -> "extern";
            case ValueTypes.HEAP_ANY -> "any";
            case ValueTypes.HEAP_EQ -> "eq";
            case ValueTypes.HEAP_I31 -> "i31";
            case ValueTypes.HEAP_STRUCT -> "struct";
            case ValueTypes.HEAP_ARRAY -> "array";
            case ValueTypes.HEAP_EXN -> "exn";
            case OperandTypes.HEAP_BOTTOM -> "bottom";
            default -> String.valueOf(heapType);
        };
    }

    String show(int[] codes) {
        StringBuilder text = new StringBuilder("[");
        for (int code : Arrays.copyOf(codes, Math.min(codes.length, 10))) {
            text.append(text.length() == 1 ? "" : " ").append(show(code));
        }
        return text.append(codes.length > 10 ? " …]" : "]").toString();
    }
}
