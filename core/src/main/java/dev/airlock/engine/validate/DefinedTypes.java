package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition.RecursionGroup;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import java.util.ArrayList;
import java.util.List;

/** Makes canonical types that no module defines: those of host functions, and of structs and arrays that a host describes. */
public final class DefinedTypes {
    private DefinedTypes() {}

    /** Returns a type of functions that is final and alone in its recursion group, as {@code (type (func …))} defines it. */
    public static DefinedType function(FieldType[] params, FieldType[] results) {
        return define(SubType.FUNC, params, results);
    }

    /** Returns a type of structs that is final and alone in its recursion group. */
    public static DefinedType struct(FieldType[] fields) {
        return define(SubType.STRUCT, fields, new FieldType[0]);
    }

    /** Returns a type of arrays that is final and alone in its recursion group. */
    public static DefinedType array(FieldType element) {
        return define(SubType.ARRAY, new FieldType[] {element}, new FieldType[0]);
    }

    private static DefinedType define(int kind, FieldType[] first, FieldType[] results) {
        var known = new ArrayList<CanonicalType>();
        int[] firstCodes = codes(first, known);
        int[] resultCodes = codes(results, known);
        boolean[] mutable = new boolean[first.length];
        for (int i = 0; i < first.length; i++) {
            mutable[i] = first[i].mutable();
        }
        var type = new SubType(0, true, -1, kind, firstCodes, resultCodes, mutable);
        var group = new RecursionGroup(known.size(), List.of(type));
        return TypeCanon.group(group, known.toArray(new CanonicalType[0]))[0];
    }

    /** Gives each type that is referred to an index, as if a module defined them before. */
    private static int[] codes(FieldType[] types, List<CanonicalType> known) {
        int[] codes = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            codes[i] = types[i].code();
            if (types[i].defined() instanceof CanonicalType defined) {
                codes[i] = ValueTypes.reference(ValueTypes.isNullable(codes[i]), known.size());
                known.add(defined);
            }
        }
        return codes;
    }
}
