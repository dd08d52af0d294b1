package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.DefinedType.Kind;
import org.jspecify.annotations.Nullable;

/** Which types match which (core specification, section 3.3), for types of any modules. */
public final class Matching {
    private Matching() {}

    /** Whether a value of one type is one of the other. */
    public static boolean value(FieldType sub, FieldType sup) {
        return value(sub.code(), sub.defined(), sup.code(), sup.defined());
    }

    /** The same type, as two mutable places need it. */
    public static boolean same(FieldType a, FieldType b) {
        return a.code() == b.code() && a.defined() == b.defined();
    }

    /**
     * Whether a value of one type is one of the other.
     *
     * @param subDefined the concrete heap type, else null
     */
    static boolean value(int sub, @Nullable DefinedType subDefined, int sup, @Nullable DefinedType supDefined) {
        if (sub == sup && subDefined == supDefined) {
            return true;
        }
        if (!ValueTypes.isReference(sub) || !ValueTypes.isReference(sup)) {
            return sub == ValueTypes.BOTTOM;
        }
        if (ValueTypes.isNullable(sub) && !ValueTypes.isNullable(sup)) {
            return false;
        }
        return heap(ValueTypes.heapType(sub), subDefined, ValueTypes.heapType(sup), supDefined);
    }

    /** Section 3.3.3. */
    static boolean heap(int sub, @Nullable DefinedType subDefined, int sup, @Nullable DefinedType supDefined) {
        if (subDefined != null) {
            return supDefined != null ? subDefined.isSubtypeOf(supDefined) : concrete(subDefined.kind(), sup);
        }
        if (supDefined != null) {
            return sub == (supDefined.kind() == Kind.FUNC ? ValueTypes.HEAP_NOFUNC : ValueTypes.HEAP_NONE);
        }
        return sub == sup || isAbove(sup, sub);
    }

    private static boolean concrete(Kind kind, int sup) {
        return switch (kind) {
            case FUNC -> sup == ValueTypes.HEAP_FUNC;
            case STRUCT -> sup == ValueTypes.HEAP_STRUCT || sup == ValueTypes.HEAP_EQ || sup == ValueTypes.HEAP_ANY;
            case ARRAY -> sup == ValueTypes.HEAP_ARRAY || sup == ValueTypes.HEAP_EQ || sup == ValueTypes.HEAP_ANY;
        };
    }

    private static boolean isAbove(int sup, int sub) {
        return switch (sup) {
            case ValueTypes.HEAP_ANY -> sub == ValueTypes.HEAP_EQ || isAbove(ValueTypes.HEAP_EQ, sub);
            case ValueTypes.HEAP_EQ ->
                sub == ValueTypes.HEAP_I31
                        || sub == ValueTypes.HEAP_STRUCT
                        || sub == ValueTypes.HEAP_ARRAY
                        || sub == ValueTypes.HEAP_NONE;
            case ValueTypes.HEAP_I31, ValueTypes.HEAP_STRUCT, ValueTypes.HEAP_ARRAY -> sub == ValueTypes.HEAP_NONE;
            case ValueTypes.HEAP_FUNC -> sub == ValueTypes.HEAP_NOFUNC;
            case ValueTypes.HEAP_EXTERN -> sub == ValueTypes.HEAP_NOEXTERN;
            case ValueTypes.HEAP_EXN -> sub == ValueTypes.HEAP_NOEXN;
            default -> false;
        };
    }
}
