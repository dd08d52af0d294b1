package dev.airlock.engine.runtime;

import dev.airlock.error.LimitException;

/**
 * Where a function leaves the results that a JVM method cannot return: all after the first, and the high half of a vector.
 * One thread at a time is in a compartment, so all its instances share one. The caller reads it right after the call.
 */
public final class Spill {
    /** Numbers in order; floats as raw bits, a vector as two. */
    public long[] n = new long[8];

    /** References in order. The caller leaves them: the next call overwrites them. */
    public Object[] r = new Object[2];

    /** How many operators the guest may still execute in this call; only code that counts them changes it. */
    public long fuel = Long.MAX_VALUE;

    /** How many it may execute in each call from outside. */
    private long fuelOfCall = Long.MAX_VALUE;

    /** A call from outside begins, which may execute so many operators. */
    public void refuel(long operators) {
        fuelOfCall = operators;
        fuel = operators;
    }

    /** Counts the operators of a basic block, before its last one. Generated code does this, if its engine asked for it. */
    public void burn(int operators) {
        fuel -= operators;
        if (fuel < 0) {
            throw new LimitException(
                    LimitException.Kind.FUEL, "operators executed in a call", fuelOfCall, fuelOfCall - fuel);
        }
    }

    /** Makes room before code of a module runs whose functions need so much. */
    public void reserve(int numbers, int references) {
        if (numbers > n.length) {
            n = java.util.Arrays.copyOf(n, numbers);
        }
        if (references > r.length) {
            r = java.util.Arrays.copyOf(r, references);
        }
    }
}
