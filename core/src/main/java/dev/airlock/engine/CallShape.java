package dev.airlock.engine;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.compile.jvm.MethodShapes;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.DefinedType.FieldType;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVM carries the parameters and results of a function: a carrier of {@link ValueTypes#carrier} for each. Functions of
 * different types may share one, and so the code that calls them.
 *
 * @param params carriers of the parameters
 * @param results carriers of the results
 * @param isWide whether the parameters are passed in the spill
 */
record CallShape(String params, String results, boolean isWide) {
    CallShape(String params, String results) {
        this(params, results, !MethodShapes.isPassed(params));
    }

    static CallShape of(DefinedType type) {
        return new CallShape(carriers(type.first()), carriers(type.results()));
    }

    private static String carriers(FieldType[] types) {
        var text = new StringBuilder(types.length);
        for (FieldType type : types) {
            text.append(ValueTypes.carrier(type.code()));
        }
        return text.toString();
    }

    /** The same with parameters that a host's method has, which {@link SpilledParameters} puts into the spill or takes from there. */
    CallShape ofHost() {
        return new CallShape(params, results, !MethodShapes.canBePassed(params));
    }

    /** Whether all parameters and results are plain numbers. */
    boolean isNumeric() {
        return hasNumbersOnly(params) && hasNumbersOnly(results);
    }

    private static boolean hasNumbersOnly(String carriers) {
        return carriers.indexOf('V') < 0 && carriers.indexOf('L') < 0;
    }

    /** Returns {@code (P...) -> R} as compiled code has it, without what follows the parameters. */
    MethodType direct() {
        List<Class<?>> types = new ArrayList<>();
        if (!isWide()) {
            for (int i = 0; i < params.length(); i++) {
                char carrier = params.charAt(i);
                types.add(type(carrier));
                if (carrier == 'V') {
                    types.add(long.class);
                }
            }
        }
        return MethodType.methodType(results.isEmpty() ? void.class : type(results.charAt(0)), types);
    }

    /** Returns what carries a value; of a vector, what carries each half. */
    static Class<?> type(char carrier) {
        return switch (carrier) {
            case 'I' -> int.class;
            case 'F' -> float.class;
            case 'D' -> double.class;
            case 'L' -> Object.class;
            default -> long.class;
        };
    }

    /** How many numbers the parameters take in the spill, if they are passed there. */
    int parameterNumbers() {
        return numbers(params, 0);
    }

    int parameterReferences() {
        return references(params, 0);
    }

    /** How many numbers are in the spill after a call: all results after the first, and the high half of a first vector. */
    int resultNumbers() {
        return numbers(results, 1) + (results.startsWith("V") ? 1 : 0);
    }

    int resultReferences() {
        return references(results, 1);
    }

    private static int numbers(String carriers, int from) {
        int count = 0;
        for (int i = from; i < carriers.length(); i++) {
            count += switch (carriers.charAt(i)) {
                case 'V' -> 2;
                case 'L' -> 0;
                default -> 1;
            };
        }
        return count;
    }

    private static int references(String carriers, int from) {
        int count = 0;
        for (int i = from; i < carriers.length(); i++) {
            count += carriers.charAt(i) == 'L' ? 1 : 0;
        }
        return count;
    }
}
