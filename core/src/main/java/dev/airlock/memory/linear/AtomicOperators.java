package dev.airlock.memory.linear;

import dev.airlock.error.TrapCode;
import org.jspecify.annotations.Nullable;

/**
 * Atomic operators as generated code calls them (threads proposal, opcodes behind 0xFE), operands in the order of the operand stack,
 * then the number of the opcode and the offset, then the memory. Those whose base is an {@code int} are for 32-bit addresses.
 *
 * <p>Each atomic access to a shared memory holds one of its 64 locks, chosen by address. Java's own atomic accesses to a
 * {@code byte[]} do not suffice: views of it as {@code int} or {@code long} have them on older versions only (17, not 25),
 * those as {@code short} have no {@code getAndAdd} on any, and on plain elements {@code getAndAdd} and {@code getAndSet}
 * can give values out of a byte's range once compiled (seen on 17.0.15 and 25.0.3). A memory that is not shared belongs to one
 * thread, and its atomic accesses are plain ones.
 */
public final class AtomicOperators {
    private static final int FIRST_LOAD = 0x10;
    private static final int FIRST_STORE = 0x17;
    private static final int FIRST_UPDATE = 0x1E;
    private static final int FIRST_EXCHANGE = 0x48;

    /** Widths in bytes, in the order in which each group of opcodes has them: i32, i64, i32 8 and 16, i64 8, 16 and 32. */
    private static final int FORMS = 7;

    private AtomicOperators() {}

    private static int width(int opcode, int first) {
        return switch ((opcode - first) % FORMS) {
            case 0, 6 -> 4;
            case 1 -> 8;
            case 2, 4 -> 1;
            default -> 2;
        };
    }

    private static long unsigned(int number) {
        return number & 0xFFFF_FFFFL;
    }

    private static @Nullable Object lock(long base, long offset, int width, LinearMemory memory) {
        checkAligned(base + offset, width);
        return memory instanceof FlatMemory flat ? flat.stripe((int) (base + offset)) : null;
    }

    private static void checkAligned(long address, int width) {
        if ((address & width - 1) != 0) {
            throw new GuestTrap(
                    TrapCode.UNALIGNED_ATOMIC,
                    "unaligned atomic: address " + Long.toUnsignedString(address) + " is not a multiple of " + width);
        }
    }

    private static long get(long base, long offset, int width, LinearMemory memory) {
        return switch (width) {
            case 1 -> memory.load8(base, offset) & 0xFF;
            case 2 -> memory.load16(base, offset) & 0xFFFF;
            case 4 -> unsigned(memory.load32(base, offset));
            default -> memory.load64(base, offset);
        };
    }

    private static void put(long base, long offset, int width, long value, LinearMemory memory) {
        switch (width) {
            case 1 -> memory.store8(base, offset, (int) value);
            case 2 -> memory.store16(base, offset, (int) value);
            case 4 -> memory.store32(base, offset, (int) value);
            default -> memory.store64(base, offset, value);
        }
    }

    private static long loadAny(long base, int width, long offset, LinearMemory memory) {
        Object lock = lock(base, offset, width, memory);
        if (lock == null) {
            return get(base, offset, width, memory);
        }
        synchronized (lock) {
            return get(base, offset, width, memory);
        }
    }

    public static int loadInt(int base, int opcode, long offset, LinearMemory memory) {
        return (int) loadAny(unsigned(base), width(opcode, FIRST_LOAD), offset, memory);
    }

    public static int loadInt(long base, int opcode, long offset, LinearMemory memory) {
        return (int) loadAny(base, width(opcode, FIRST_LOAD), offset, memory);
    }

    public static long loadLong(int base, int opcode, long offset, LinearMemory memory) {
        return loadAny(unsigned(base), width(opcode, FIRST_LOAD), offset, memory);
    }

    public static long loadLong(long base, int opcode, long offset, LinearMemory memory) {
        return loadAny(base, width(opcode, FIRST_LOAD), offset, memory);
    }

    private static void storeAny(long base, long value, int width, long offset, LinearMemory memory) {
        Object lock = lock(base, offset, width, memory);
        if (lock == null) {
            put(base, offset, width, value, memory);
            return;
        }
        synchronized (lock) {
            put(base, offset, width, value, memory);
        }
    }

    public static void store(int base, int value, int opcode, long offset, LinearMemory memory) {
        storeAny(unsigned(base), value, width(opcode, FIRST_STORE), offset, memory);
    }

    public static void store(long base, int value, int opcode, long offset, LinearMemory memory) {
        storeAny(base, value, width(opcode, FIRST_STORE), offset, memory);
    }

    public static void store(int base, long value, int opcode, long offset, LinearMemory memory) {
        storeAny(unsigned(base), value, width(opcode, FIRST_STORE), offset, memory);
    }

    public static void store(long base, long value, int opcode, long offset, LinearMemory memory) {
        storeAny(base, value, width(opcode, FIRST_STORE), offset, memory);
    }

    /** Groups of opcodes: add, sub, and, or, xor, xchg. */
    private static long combine(int opcode, long before, long operand) {
        return switch ((opcode - FIRST_UPDATE) / FORMS) {
            case 0 -> before + operand;
            case 1 -> before - operand;
            case 2 -> before & operand;
            case 3 -> before | operand;
            case 4 -> before ^ operand;
            default -> operand;
        };
    }

    private static long updateAny(long base, long operand, int opcode, long offset, LinearMemory memory) {
        int width = width(opcode, FIRST_UPDATE);
        Object lock = lock(base, offset, width, memory);
        if (lock == null) {
            long before = get(base, offset, width, memory);
            put(base, offset, width, combine(opcode, before, operand), memory);
            return before;
        }
        synchronized (lock) {
            long before = get(base, offset, width, memory);
            put(base, offset, width, combine(opcode, before, operand), memory);
            return before;
        }
    }

    /** {@code rmw} operators of the first six groups; they return the value before. */
    public static int update(int base, int operand, int opcode, long offset, LinearMemory memory) {
        return (int) updateAny(unsigned(base), operand, opcode, offset, memory);
    }

    public static int update(long base, int operand, int opcode, long offset, LinearMemory memory) {
        return (int) updateAny(base, operand, opcode, offset, memory);
    }

    public static long update(int base, long operand, int opcode, long offset, LinearMemory memory) {
        return updateAny(unsigned(base), operand, opcode, offset, memory);
    }

    public static long update(long base, long operand, int opcode, long offset, LinearMemory memory) {
        return updateAny(base, operand, opcode, offset, memory);
    }

    /** Wraps the expected value of a narrow access to its width. */
    private static long exchangeAny(
            long base, long expected, long replacement, int opcode, long offset, LinearMemory memory) {
        int width = width(opcode, FIRST_EXCHANGE);
        long wrapped = expected & -1L >>> 64 - 8 * width;
        Object lock = lock(base, offset, width, memory);
        if (lock == null) {
            return compareAndSet(base, wrapped, replacement, width, offset, memory);
        }
        synchronized (lock) {
            return compareAndSet(base, wrapped, replacement, width, offset, memory);
        }
    }

    private static long compareAndSet(
            long base, long expected, long replacement, int width, long offset, LinearMemory memory) {
        long before = get(base, offset, width, memory);
        if (before == expected) {
            put(base, offset, width, replacement, memory);
        }
        return before;
    }

    /** {@code rmw.cmpxchg} operators; they return the value before. */
    public static int exchange(int base, int expected, int replacement, int opcode, long offset, LinearMemory memory) {
        return (int) exchangeAny(unsigned(base), unsigned(expected), replacement, opcode, offset, memory);
    }

    public static int exchange(long base, int expected, int replacement, int opcode, long offset, LinearMemory memory) {
        return (int) exchangeAny(base, unsigned(expected), replacement, opcode, offset, memory);
    }

    public static long exchange(
            int base, long expected, long replacement, int opcode, long offset, LinearMemory memory) {
        return exchangeAny(unsigned(base), expected, replacement, opcode, offset, memory);
    }

    public static long exchange(
            long base, long expected, long replacement, int opcode, long offset, LinearMemory memory) {
        return exchangeAny(base, expected, replacement, opcode, offset, memory);
    }

    private static int checked(long base, long offset, int width, LinearMemory memory) {
        checkAligned(base + offset, width);
        if (memory instanceof FlatMemory flat) {
            return flat.checked(base, offset, width);
        }
        get(base, offset, width, memory);
        return 0;
    }

    private static Waiters waiters(LinearMemory memory) {
        Waiters waiters = memory instanceof FlatMemory flat ? flat.waiters : null;
        if (waiters == null) {
            // No thread could end the wait.
            throw new GuestTrap(TrapCode.EXPECTED_SHARED_MEMORY);
        }
        return waiters;
    }

    /** {@code memory.atomic.wait32}: returns 0 if woken, 1 if the value is another, 2 if the time is over. */
    public static int await(int base, int expected, long timeout, long offset, LinearMemory memory) {
        return await(unsigned(base), expected, timeout, offset, memory);
    }

    public static int await(long base, int expected, long timeout, long offset, LinearMemory memory) {
        int at = checked(base, offset, 4, memory);
        return waiters(memory).await(at, () -> (int) loadAny(at, 4, 0, memory) == expected, timeout);
    }

    /** {@code memory.atomic.wait64}. */
    public static int await(int base, long expected, long timeout, long offset, LinearMemory memory) {
        return await(unsigned(base), expected, timeout, offset, memory);
    }

    public static int await(long base, long expected, long timeout, long offset, LinearMemory memory) {
        int at = checked(base, offset, 8, memory);
        return waiters(memory).await(at, () -> loadAny(at, 8, 0, memory) == expected, timeout);
    }

    /** {@code memory.atomic.notify}: returns how many threads it woke. */
    public static int wake(int base, int count, long offset, LinearMemory memory) {
        return wake(unsigned(base), count, offset, memory);
    }

    public static int wake(long base, int count, long offset, LinearMemory memory) {
        int at = checked(base, offset, 4, memory);
        Waiters waiters = memory instanceof FlatMemory flat ? flat.waiters : null;
        return waiters == null ? 0 : waiters.wake(at, count);
    }
}
