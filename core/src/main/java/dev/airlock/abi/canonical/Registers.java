package dev.airlock.abi.canonical;

import dev.airlock.codegen.Register;
import java.util.HashMap;
import java.util.Map;

/** Makes the registers of a plan, each with a unique name. */
final class Registers {
    private final Map<String, Integer> taken = new HashMap<>();

    /** Makes a register for an intermediate: the first has the name as it is, those that follow have a number. */
    Register of(String name, Class<?> type) {
        int count = taken.merge(name, 1, Integer::sum);
        return count == 1 ? new Register(name, type) : of(name + count, type);
    }

    Register ofInt(String name) {
        return of(name, int.class);
    }

    /**
     * Makes a register for a value, named by the path to it. Those that follow have primes: they are the same value in
     * other forms.
     */
    Register value(String path, Class<?> type) {
        return taken.merge(path, 1, Integer::sum) == 1 ? new Register(path, type) : value(path + "'", type);
    }
}
