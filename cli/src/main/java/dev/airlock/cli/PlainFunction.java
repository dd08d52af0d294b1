package dev.airlock.cli;

import dev.airlock.engine.Func;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A core function of numbers, called as it is: i32 as s32, i64 as s64. */
final class PlainFunction {
    private PlainFunction() {}

    /** Whether a function can be called so. */
    static boolean isPlain(CoreFuncType core) {
        return core.params().stream().allMatch(PlainFunction::isNumber)
                && core.results().stream().allMatch(PlainFunction::isNumber);
    }

    private static boolean isNumber(CoreValType type) {
        return switch (type) {
            case I32, I64, F32, F64 -> true;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHER_REF -> false;
        };
    }

    /** Its type as WIT. Several results are a tuple. */
    static FuncType type(CoreFuncType core) {
        var params = new ArrayList<FuncType.Param>();
        for (CoreValType param : core.params()) {
            params.add(new FuncType.Param("arg" + (params.size() + 1), number(param)));
        }
        List<ValType> results =
                core.results().stream().<ValType>map(PlainFunction::number).toList();
        return new FuncType(
                params,
                switch (results.size()) {
                    case 0 -> null;
                    case 1 -> results.get(0);
                    default -> new TupleType(results);
                });
    }

    private static PrimitiveType number(CoreValType type) {
        return switch (type) {
            case I32 -> PrimitiveType.S32;
            case I64 -> PrimitiveType.S64;
            case F32 -> PrimitiveType.F32;
            case F64 -> PrimitiveType.F64;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHER_REF ->
                throw new IllegalArgumentException("no number: " + type);
        };
    }

    static @Nullable Value call(Func function, List<Value> args) {
        long[] bits = function.call(args.stream().mapToLong(PlainFunction::bits).toArray());
        List<CoreValType> results = function.type().results();
        var values = new ArrayList<Value>();
        for (CoreValType result : results) {
            values.add(value(result, bits[values.size()]));
        }
        ValType type = type(function.type()).result();
        return type instanceof TupleType tuple ? new TupleValue(tuple, values) : type == null ? null : values.get(0);
    }

    private static long bits(Value value) {
        if (value instanceof PrimitiveValue.S32 number) {
            return number.value();
        } else if (value instanceof PrimitiveValue.S64 number) {
            return number.value();
        } else if (value instanceof PrimitiveValue.F32 number) {
            return Float.floatToRawIntBits(number.value());
        } else if (value instanceof PrimitiveValue.F64 number) {
            return Double.doubleToRawLongBits(number.value());
        }
        throw new IllegalArgumentException("no number: " + value);
    }

    private static Value value(CoreValType type, long bits) {
        return switch (type) {
            case I32 -> new PrimitiveValue.S32((int) bits);
            case I64 -> new PrimitiveValue.S64(bits);
            case F32 -> new PrimitiveValue.F32(Float.intBitsToFloat((int) bits));
            case F64 -> new PrimitiveValue.F64(Double.longBitsToDouble(bits));
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHER_REF ->
                throw new IllegalArgumentException("no number: " + type);
        };
    }
}
