package dev.airlock.memory.linear;

/**
 * Operators on memories as generated code calls them, operands in the order of the operand stack, then immediates, then the memory
 * (core specification, section 4.6.7). Those on an {@code int} are for 32-bit addresses, which are unsigned.
 */
public final class MemoryOperators {
    private MemoryOperators() {}

    private static long address(int address) {
        return address & 0xFFFF_FFFFL;
    }

    /** Loads 8 bits, signed. */
    public static int load8(int base, long offset, LinearMemory memory) {
        return memory.load8(address(base), offset);
    }

    public static int load8(long base, long offset, LinearMemory memory) {
        return memory.load8(base, offset);
    }

    /** Loads 16 bits, signed. */
    public static int load16(int base, long offset, LinearMemory memory) {
        return memory.load16(address(base), offset);
    }

    public static int load16(long base, long offset, LinearMemory memory) {
        return memory.load16(base, offset);
    }

    public static int load32(int base, long offset, LinearMemory memory) {
        return memory.load32(address(base), offset);
    }

    public static int load32(long base, long offset, LinearMemory memory) {
        return memory.load32(base, offset);
    }

    public static long load64(int base, long offset, LinearMemory memory) {
        return memory.load64(address(base), offset);
    }

    public static long load64(long base, long offset, LinearMemory memory) {
        return memory.load64(base, offset);
    }

    public static float loadFloat(int base, long offset, LinearMemory memory) {
        return memory.loadFloat(address(base), offset);
    }

    public static float loadFloat(long base, long offset, LinearMemory memory) {
        return memory.loadFloat(base, offset);
    }

    public static double loadDouble(int base, long offset, LinearMemory memory) {
        return memory.loadDouble(address(base), offset);
    }

    public static double loadDouble(long base, long offset, LinearMemory memory) {
        return memory.loadDouble(base, offset);
    }

    public static void store8(int base, int value, long offset, LinearMemory memory) {
        memory.store8(address(base), offset, value);
    }

    public static void store8(long base, int value, long offset, LinearMemory memory) {
        memory.store8(base, offset, value);
    }

    public static void store16(int base, int value, long offset, LinearMemory memory) {
        memory.store16(address(base), offset, value);
    }

    public static void store16(long base, int value, long offset, LinearMemory memory) {
        memory.store16(base, offset, value);
    }

    public static void store32(int base, int value, long offset, LinearMemory memory) {
        memory.store32(address(base), offset, value);
    }

    public static void store32(long base, int value, long offset, LinearMemory memory) {
        memory.store32(base, offset, value);
    }

    public static void store64(int base, long value, long offset, LinearMemory memory) {
        memory.store64(address(base), offset, value);
    }

    public static void store64(long base, long value, long offset, LinearMemory memory) {
        memory.store64(base, offset, value);
    }

    public static void storeFloat(int base, float value, long offset, LinearMemory memory) {
        memory.storeFloat(address(base), offset, value);
    }

    public static void storeFloat(long base, float value, long offset, LinearMemory memory) {
        memory.storeFloat(base, offset, value);
    }

    public static void storeDouble(int base, double value, long offset, LinearMemory memory) {
        memory.storeDouble(address(base), offset, value);
    }

    public static void storeDouble(long base, double value, long offset, LinearMemory memory) {
        memory.storeDouble(base, offset, value);
    }

    /** {@code memory.size} with 32-bit addresses. */
    public static int size32(LinearMemory memory) {
        return (int) memory.pages();
    }

    public static long size64(LinearMemory memory) {
        return memory.pages();
    }

    public static int grow(int delta, LinearMemory memory) {
        return (int) memory.grow(address(delta));
    }

    public static long grow(long delta, LinearMemory memory) {
        return memory.grow(delta);
    }

    public static void fill(int to, int value, int length, LinearMemory memory) {
        memory.fill(address(to), value, address(length));
    }

    public static void fill(long to, int value, long length, LinearMemory memory) {
        memory.fill(to, value, length);
    }

    public static void copy(int to, int from, int length, LinearMemory target, LinearMemory source) {
        target.copy(address(to), source, address(from), address(length));
    }

    public static void copy(long to, long from, long length, LinearMemory target, LinearMemory source) {
        target.copy(to, source, from, length);
    }

    public static void copy(long to, int from, int length, LinearMemory target, LinearMemory source) {
        target.copy(to, source, address(from), address(length));
    }

    public static void copy(int to, long from, int length, LinearMemory target, LinearMemory source) {
        target.copy(address(to), source, from, address(length));
    }

    /** {@code memory.init}; the segment is empty once it was dropped. */
    public static void init(int to, int from, int length, byte[] segment, LinearMemory memory) {
        memory.init(address(to), segment, address(from), address(length));
    }

    public static void init(long to, int from, int length, byte[] segment, LinearMemory memory) {
        memory.init(to, segment, address(from), address(length));
    }
}
