package dev.airlock.abi;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Makes the registers of a plan, each with a name of its own. */
final class Registers {
    private final Map<String, Integer> taken = new HashMap<>();

    Registers(Collection<String> taken) {
        taken.forEach(name -> this.taken.put(name, 1));
    }

    Register ofInt(String name) {
        return of(name, int.class);
    }

    /** The name as it is for the first, and with a number for those that follow. */
    Register of(String name, Class<?> type) {
        int count = taken.merge(name, 1, Integer::sum);
        return count == 1 ? new Register(name, type) : of(name + "'" + (count == 2 ? "" : count), type);
    }
}
