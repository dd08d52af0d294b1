package dev.airlock.abi.canonical;

import dev.airlock.codegen.Register;
import java.util.HashMap;
import java.util.Map;

/** Makes the registers of a plan, each with a name of its own. */
final class Registers {
    private final Map<String, Integer> taken = new HashMap<>();

    /** For an intermediate: the name as it is for the first, and with a number for those that follow. */
    Register of(String name, Class<?> type) {
        int count = taken.merge(name, 1, Integer::sum);
        return count == 1 ? new Register(name, type) : of(name + count, type);
    }

    Register ofInt(String name) {
        return of(name, int.class);
    }

    /** For a value, by the way to it: with primes for those that follow, which are the same value in other forms. */
    Register value(String path, Class<?> type) {
        return taken.merge(path, 1, Integer::sum) == 1 ? new Register(path, type) : value(path + "'", type);
    }
}
