package dev.airlock.engine.runtime;

/**
 * Where a function leaves the results that a JVM method cannot return: all after the first, and the high half of a vector.
 * One thread at a time is in a compartment, so all its instances share one. The caller reads it right after the call.
 */
public final class Spill {
    /** Numbers in order; floats as raw bits, a vector as two. */
    public long[] n = new long[8];

    /** References in order. The caller leaves them: the next call overwrites them. */
    public Object[] r = new Object[2];

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
