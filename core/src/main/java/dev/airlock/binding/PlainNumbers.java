package dev.airlock.binding;

import dev.airlock.engine.Func;
import dev.airlock.engine.Module;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.FuncType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A core function of numbers, called as it is: i32 as s32, i64 as s64. */
final class PlainNumbers {
    private PlainNumbers() {}

    /** @throws SignatureException if there is no such function */
    static CoreFuncType core(Module module, String export) {
        if (module.export(export).orElse(null) instanceof CoreFuncType core) {
            return core;
        }
        List<String> functions = module.exports().stream()
                .filter(e -> e.type() instanceof CoreFuncType)
                .map(ExportType::name)
                .toList();
        throw new SignatureException(module.name() + " exports no function \"" + export + "\""
                + Nearest.hint(export, functions)
                + functions.stream()
                        .limit(20)
                        .collect(Collectors.joining(", ", functions.isEmpty() ? "" : "; it exports ", "")));
    }

    /** @throws SignatureException if there is no such function, or it has more than numbers in its type */
    static FuncType type(Module module, String export) {
        CoreFuncType core = core(module, export);
        if (!core.isNumeric()) {
            throw new SignatureException(export + " of " + module.name()
                    + " has more than numbers in its type, and cannot be called so: " + core);
        }
        return type(core);
    }

    /** The steps of a call, in words. */
    static String explain(Module module, String export) {
        FuncType type = type(module, export);
        String names = type.params().stream().map(FuncType.Param::name).collect(Collectors.joining(", "));
        return export + " " + core(module, export) + ", by its numbers\n" + export + "(" + names + ")\n"
                + (type.result() == null
                        ? "  call(" + names + ")\n"
                        : "  result = call(" + names + ")\n  return result\n");
    }

    /** Its type as WIT. */
    private static FuncType type(CoreFuncType core) {
        var params = new ArrayList<FuncType.Param>();
        for (CoreValType param : core.params()) {
            params.add(new FuncType.Param("arg" + (params.size() + 1), number(param)));
        }
        List<ValType> results =
                core.results().stream().<ValType>map(PlainNumbers::number).toList();
        return new FuncType(
                params,
                switch (results.size()) {
                    case 0 -> null;
                    case 1 -> results.get(0);
                    default -> new TupleType(results);
                });
    }

    private static PrimitiveType number(CoreValType type) {
        return switch (type.kind()) {
            case I32 -> PrimitiveType.S32;
            case I64 -> PrimitiveType.S64;
            case F32 -> PrimitiveType.F32;
            case F64 -> PrimitiveType.F64;
            case V128, REF -> throw new IllegalArgumentException("no number: " + type);
        };
    }

    static @Nullable Value call(Func function, FuncType type, List<? extends Value> args) {
        long[] bits = function.call(args.stream().mapToLong(PlainNumbers::bits).toArray());
        var values = new ArrayList<Value>();
        for (CoreValType result : function.type().results()) {
            values.add(value(result, bits[values.size()]));
        }
        return type.result() instanceof TupleType tuple
                ? new TupleValue(tuple, values)
                : values.isEmpty() ? null : values.get(0);
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
        return switch (type.kind()) {
            case I32 -> new PrimitiveValue.S32((int) bits);
            case I64 -> new PrimitiveValue.S64(bits);
            case F32 -> new PrimitiveValue.F32(Float.intBitsToFloat((int) bits));
            case F64 -> new PrimitiveValue.F64(Double.longBitsToDouble(bits));
            case V128, REF -> throw new IllegalArgumentException("no number: " + type);
        };
    }
}
