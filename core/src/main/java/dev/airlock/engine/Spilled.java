package dev.airlock.engine;

import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.runtime.Spill;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.V128;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves results and arguments between the {@link Spill} and arrays. */
final class Spilled {
    private Spilled() {}

    /**
     * Returns all results of a call, of which none is a vector or a reference, as raw bits.
     *
     * @param results the carriers of the results, at least one
     * @param first the bits of the first
     */
    static long[] numbers(String results, long first, InstanceState state) {
        long[] all = new long[results.length()];
        all[0] = first;
        for (int i = 1; i < all.length; i++) {
            all[i] = bits(results.charAt(i), state.spill.n[i - 1]);
        }
        return all;
    }

    private static long bits(char carrier, long spilled) {
        return carrier == 'I' || carrier == 'F' ? (int) spilled : spilled;
    }

    /**
     * Returns all results of a call as boxes, references as guests have them.
     *
     * @param results the carriers of the results, at least one
     * @param first the first, in its box; of a vector, its low half
     */
    static @Nullable Object[] boxes(String results, @Nullable Object first, InstanceState state) {
        boolean isVector = results.charAt(0) == 'V';
        @Nullable Object[] all = unspill(results, 1, isVector ? 1 : 0, state);
        all[0] = isVector && first instanceof Long low ? new V128(low, state.spill.n[0]) : first;
        return all;
    }

    /** Returns the arguments of a function that takes them in the spill, as boxes. */
    static @Nullable Object[] arguments(String params, InstanceState state) {
        return unspill(params, 0, 0, state);
    }

    private static @Nullable Object[] unspill(String carriers, int from, int numbers, InstanceState state) {
        @Nullable Object[] all = new Object[carriers.length()];
        int number = numbers;
        int reference = 0;
        for (int i = from; i < all.length; i++) {
            char carrier = carriers.charAt(i);
            if (carrier == 'L') {
                all[i] = state.spill.r[reference++];
            } else if (carrier == 'V') {
                all[i] = new V128(state.spill.n[number], state.spill.n[number + 1]);
                number += 2;
            } else {
                all[i] = box(carrier, state.spill.n[number++]);
            }
        }
        return all;
    }

    /** Returns a vector that is the first result of a call. */
    static V128 vector(long low, InstanceState state) {
        return new V128(low, state.spill.n[0]);
    }

    /** Leaves the high half of a vector that is the first result, and returns the low half. */
    static long high(V128 vector, InstanceState state) {
        state.spill.reserve(1, 0);
        state.spill.n[0] = vector.high();
        return vector.low();
    }

    /**
     * Leaves results that a host gives, where the caller finds them.
     *
     * @param given one for each type, at least one
     * @param place whose results they are, for errors
     * @return the first, in its box; of a vector, its low half
     * @throws SignatureException if one has another type
     */
    static @Nullable Object results(
            List<CoreValType> types, @Nullable Object[] given, String place, InstanceState state) {
        boolean isVector = types.get(0) == CoreValType.V128;
        spill(types, given, 1, isVector ? 1 : 0, "result", place, state);
        FieldType type = ApiTypes.field(types.get(0), false);
        String what = "result 1 " + place;
        if (BoxedValues.isReference(type)) {
            return BoxedValues.toGuest(given[0], type, what);
        }
        long low = BoxedValues.low(given[0], type, what);
        if (isVector) {
            state.spill.n[0] = BoxedValues.high(given[0]);
            return low;
        }
        return given[0];
    }

    /** Passes all arguments of a function that takes them in the spill. */
    static void pass(List<CoreValType> types, @Nullable Object[] args, String place, InstanceState state) {
        spill(types, args, 0, 0, "argument", place, state);
    }

    private static void spill(
            List<CoreValType> types,
            @Nullable Object[] values,
            int from,
            int numbers,
            String what,
            String place,
            InstanceState state) {
        state.spill.reserve(2 * values.length + 1, values.length);
        int number = numbers;
        int reference = 0;
        for (int i = from; i < values.length; i++) {
            FieldType type = ApiTypes.field(types.get(i), false);
            String name = what + " " + (i + 1) + " " + place;
            if (BoxedValues.isReference(type)) {
                state.spill.r[reference++] = BoxedValues.toGuest(values[i], type, name);
            } else {
                state.spill.n[number++] = BoxedValues.low(values[i], type, name);
                if (BoxedValues.isVector(type)) {
                    state.spill.n[number++] = BoxedValues.high(values[i]);
                }
            }
        }
    }

    private static Object box(char carrier, long bits) {
        return switch (carrier) {
            case 'I' -> (int) bits;
            case 'F' -> Float.intBitsToFloat((int) bits);
            case 'D' -> Double.longBitsToDouble(bits);
            default -> bits;
        };
    }

    /** Passes all arguments of a function that takes them in the spill; none is a reference or a vector. */
    static void pass(long[] args, InstanceState state) {
        state.spill.reserve(args.length, 0);
        System.arraycopy(args, 0, state.spill.n, 0, args.length);
    }

    /** Copies what a call leaves behind, or takes, to the spill of another compartment. */
    static void copy(InstanceState from, InstanceState to, int numbers, int references) {
        to.spill.reserve(numbers, references);
        System.arraycopy(from.spill.n, 0, to.spill.n, 0, numbers);
        System.arraycopy(from.spill.r, 0, to.spill.r, 0, references);
    }
}
