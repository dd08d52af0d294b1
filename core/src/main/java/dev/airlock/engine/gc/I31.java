package dev.airlock.engine.gc;

import dev.airlock.error.TrapCode;
import dev.airlock.limit.CollectedHeap;
import dev.airlock.memory.linear.GuestTrap;
import org.jspecify.annotations.Nullable;

/** An integer of 31 bits as a reference (core specification, section 4.2.12). Two of one value are one reference to guests. */
public final class I31 {
    private static final int LEAST = -128;
    private static final int MOST = 1023;
    private static final int BYTES = 16;
    private static final I31[] SMALL = new I31[MOST - LEAST + 1];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new I31(i + LEAST);
        }
    }

    /** Sign-extended to 32 bits. */
    public final int value;

    private I31(int value) {
        this.value = value;
    }

    /** Returns the reference to the lower 31 bits of an integer: {@code ref.i31}. */
    public static I31 of(int number, CollectedHeap heap) {
        int value = number << 1 >> 1;
        if (value >= LEAST && value <= MOST) {
            return SMALL[value - LEAST];
        }
        var made = new I31(value);
        heap.made(made, BYTES);
        return made;
    }

    /** The same for a host, which guests keep only where it counts. */
    public static I31 of(int number) {
        int value = number << 1 >> 1;
        return value >= LEAST && value <= MOST ? SMALL[value - LEAST] : new I31(value);
    }

    /** {@code i31.get_s}. */
    public static int signed(@Nullable Object reference) {
        if (reference == null) {
            throw new GuestTrap(TrapCode.NULL_REFERENCE, "null i31 reference");
        }
        return ((I31) reference).value;
    }

    /** {@code i31.get_u}. */
    public static int unsigned(@Nullable Object reference) {
        return signed(reference) & 0x7FFF_FFFF;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof I31 integer && integer.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    @Override
    public String toString() {
        return "i31:" + value;
    }
}
