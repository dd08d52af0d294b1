package dev.airlock.engine;

import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.HeapType;
import org.jspecify.annotations.Nullable;

/** A small integer as a reference (core specification, section 4.2.3): 31 bits, which guests read with or without a sign. */
public final class I31 extends Ref {
    private final int value;

    private I31(int value) {
        this.value = value;
    }

    /**
     * Returns the reference to an integer.
     *
     * @param value at least -2^30 and less than 2^31: numbers from 2^30 on have the bits of negative ones
     * @return the reference
     * @throws IllegalArgumentException if the value has more bits
     */
    public static I31 of(int value) {
        if (value < -(1 << 30)) {
            throw new IllegalArgumentException("an i31 has 31 bits: " + value);
        }
        return new I31(value << 1 >> 1);
    }

    /** {@return the value with its sign: at least -2^30 and less than 2^30} */
    public int signed() {
        return value;
    }

    /** {@return the value without a sign: less than 2^31} */
    public int unsigned() {
        return value & 0x7FFF_FFFF;
    }

    @Override
    public HeapType heapType() {
        return AbstractHeapType.I31;
    }

    @Override
    Object raw() {
        return dev.airlock.engine.gc.I31.of(value);
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
        return "i31 " + value;
    }
}
