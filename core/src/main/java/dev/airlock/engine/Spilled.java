package dev.airlock.engine;

import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.runtime.Spill;
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
     * Returns all results of a call, of which none is a vector, as boxes.
     *
     * @param results the carriers of the results, at least one
     * @param first the first, in its box
     */
    static @Nullable Object[] boxes(String results, @Nullable Object first, InstanceState state) {
        @Nullable Object[] all = new Object[results.length()];
        all[0] = first;
        int number = 0;
        int reference = 0;
        for (int i = 1; i < all.length; i++) {
            char carrier = results.charAt(i);
            all[i] = carrier == 'L' ? state.spill.r[reference++] : box(carrier, state.spill.n[number++]);
        }
        return all;
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
