package dev.airlock.engine.vector;

import dev.airlock.memory.linear.LinearMemory;

/**
 * {@code v128.load} and {@code v128.store} on memories that generated code does not access itself (core specification, section
 * 4.6.7): operands in the order of the operand stack, then the offset, then the memory. An {@code int} is an unsigned address.
 */
public final class VectorMemory {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private VectorMemory() {}

    public static long loadLow(int base, long offset, LinearMemory memory) {
        return memory.load64(base & UNSIGNED, offset);
    }

    public static long loadLow(long base, long offset, LinearMemory memory) {
        return memory.load64(base, offset);
    }

    /** Called after {@link #loadLow(int, long, LinearMemory)}, which has found the address to be within the memory. */
    public static long loadHigh(int base, long offset, LinearMemory memory) {
        return memory.load64((base & UNSIGNED) + offset, Long.BYTES);
    }

    /** Called after {@link #loadLow(long, long, LinearMemory)}, so that the sum does not overflow. */
    public static long loadHigh(long base, long offset, LinearMemory memory) {
        return memory.load64(base + offset, Long.BYTES);
    }

    public static void store(int base, long low, long high, long offset, LinearMemory memory) {
        store(base & UNSIGNED, low, high, offset, memory);
    }

    /** Stores all 16 bytes, or none if any of them lies outside: the first access checks the address of the low half. */
    public static void store(long base, long low, long high, long offset, LinearMemory memory) {
        memory.load64(base, offset);
        memory.store64(base + offset, Long.BYTES, high);
        memory.store64(base, offset, low);
    }
}
