package dev.airlock.memory;

import java.lang.invoke.VarHandle;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;
import run.endive.runtime.TrapException;

/**
 * What can be made of plain loads and stores: widened loads, and from the threads proposal atomic accesses, waiting and
 * notifying.
 *
 * <p>Each atomic access to a shared memory holds one of its 64 locks, chosen by offset. Java's own atomic accesses to a
 * {@code byte[]} do not carry: views of it as {@code int} or {@code long} have them on older versions only (17, not 25),
 * those as {@code short} have no {@code getAndAdd} on any, and on plain elements {@code getAndAdd} and {@code getAndSet}
 * can give values out of a byte's range once compiled (seen on 17.0.15 and 25.0.3). An unshared memory belongs to one
 * thread, and its atomic accesses are plain ones.
 */
@SuppressWarnings({"removal", "InlineMeSuggester"})
abstract sealed class DerivedMemory implements Memory permits LenientStrings {
    final Extent extent;

    DerivedMemory(Extent extent) {
        this.extent = extent;
    }

    /** Traps if a range is not within the memory. */
    abstract void checkRange(int offset, int length);

    @Override
    public final long readI8(int addr) {
        return read(addr);
    }

    @Override
    public final long readU8(int addr) {
        return read(addr) & 0xFF;
    }

    @Override
    public final long readI16(int addr) {
        return readShort(addr);
    }

    @Override
    public final long readU16(int addr) {
        return readShort(addr) & 0xFFFF;
    }

    @Override
    public final long readI32(int addr) {
        return readInt(addr);
    }

    @Override
    public final long readU32(int addr) {
        return Integer.toUnsignedLong(readInt(addr));
    }

    @Override
    public final long readI64(int addr) {
        return readLong(addr);
    }

    @Override
    public final long readF32(int addr) {
        return readInt(addr);
    }

    @Override
    public final long readF64(int addr) {
        return readLong(addr);
    }

    private @Nullable Object stripe(int addr, int width) {
        if ((addr & (width - 1)) != 0) {
            throw new TrapException("unaligned atomic");
        }
        return extent.stripe(addr);
    }

    @Override
    public final void atomicFence() {
        VarHandle.fullFence();
    }

    @Override
    public final int atomicWait(int addr, int expected, long timeout) {
        checkRange(addr, 4);
        stripe(addr, 4);
        return waiters().await(addr, () -> atomicReadInt(addr) == expected, timeout);
    }

    @Override
    public final int atomicWait(int addr, long expected, long timeout) {
        checkRange(addr, 8);
        stripe(addr, 8);
        return waiters().await(addr, () -> atomicReadLong(addr) == expected, timeout);
    }

    private Waiters waiters() {
        if (extent.waiters == null) {
            // No thread could end the wait.
            throw new TrapException("expected shared memory");
        }
        return extent.waiters;
    }

    @Override
    public final int atomicNotify(int addr, int maxThreads) {
        checkRange(addr, 4);
        // Endive's compiled code checks the alignment of all atomic instructions but this one.
        stripe(addr, 4);
        return extent.waiters == null ? 0 : extent.waiters.wake(addr, maxThreads);
    }

    @Override
    @Deprecated(forRemoval = true)
    public final Object lock(int address) {
        Object lock = extent.stripe(address);
        return lock == null ? extent : lock;
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int waitOn(int address, int expected, long timeout) {
        return atomicWait(address, expected, timeout);
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int waitOn(int address, long expected, long timeout) {
        return atomicWait(address, expected, timeout);
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int notify(int address, int maxThreads) {
        return atomicNotify(address, maxThreads);
    }

    private byte updateByte(int addr, IntBinaryOperator operator, byte operand) {
        Object lock = stripe(addr, 1);
        if (lock == null) {
            byte before = read(addr);
            writeByte(addr, (byte) operator.applyAsInt(before, operand));
            return before;
        }
        synchronized (lock) {
            byte before = read(addr);
            writeByte(addr, (byte) operator.applyAsInt(before, operand));
            return before;
        }
    }

    @Override
    public final byte atomicReadByte(int addr) {
        Object lock = stripe(addr, 1);
        if (lock == null) {
            return read(addr);
        }
        synchronized (lock) {
            return read(addr);
        }
    }

    @Override
    public final void atomicWriteByte(int addr, byte value) {
        updateByte(addr, (a, b) -> b, value);
    }

    @Override
    public final byte atomicAddByte(int addr, byte delta) {
        return updateByte(addr, Integer::sum, delta);
    }

    @Override
    public final byte atomicAndByte(int addr, byte mask) {
        return updateByte(addr, (a, b) -> a & b, mask);
    }

    @Override
    public final byte atomicOrByte(int addr, byte mask) {
        return updateByte(addr, (a, b) -> a | b, mask);
    }

    @Override
    public final byte atomicXorByte(int addr, byte mask) {
        return updateByte(addr, (a, b) -> a ^ b, mask);
    }

    @Override
    public final byte atomicXchgByte(int addr, byte value) {
        return updateByte(addr, (a, b) -> b, value);
    }

    @Override
    public final byte atomicCmpxchgByte(int addr, byte expected, byte replacement) {
        return updateByte(addr, (a, b) -> a == expected ? b : a, replacement);
    }

    private short updateShort(int addr, IntBinaryOperator operator, short operand) {
        Object lock = stripe(addr, 2);
        if (lock == null) {
            short before = readShort(addr);
            writeShort(addr, (short) operator.applyAsInt(before, operand));
            return before;
        }
        synchronized (lock) {
            short before = readShort(addr);
            writeShort(addr, (short) operator.applyAsInt(before, operand));
            return before;
        }
    }

    @Override
    public final short atomicReadShort(int addr) {
        Object lock = stripe(addr, 2);
        if (lock == null) {
            return readShort(addr);
        }
        synchronized (lock) {
            return readShort(addr);
        }
    }

    @Override
    public final void atomicWriteShort(int addr, short value) {
        updateShort(addr, (a, b) -> b, value);
    }

    @Override
    public final short atomicAddShort(int addr, short delta) {
        return updateShort(addr, Integer::sum, delta);
    }

    @Override
    public final short atomicAndShort(int addr, short mask) {
        return updateShort(addr, (a, b) -> a & b, mask);
    }

    @Override
    public final short atomicOrShort(int addr, short mask) {
        return updateShort(addr, (a, b) -> a | b, mask);
    }

    @Override
    public final short atomicXorShort(int addr, short mask) {
        return updateShort(addr, (a, b) -> a ^ b, mask);
    }

    @Override
    public final short atomicXchgShort(int addr, short value) {
        return updateShort(addr, (a, b) -> b, value);
    }

    @Override
    public final short atomicCmpxchgShort(int addr, short expected, short replacement) {
        return updateShort(addr, (a, b) -> a == expected ? b : a, replacement);
    }

    private int updateInt(int addr, IntBinaryOperator operator, int operand) {
        Object lock = stripe(addr, 4);
        if (lock == null) {
            int before = readInt(addr);
            writeI32(addr, operator.applyAsInt(before, operand));
            return before;
        }
        synchronized (lock) {
            int before = readInt(addr);
            writeI32(addr, operator.applyAsInt(before, operand));
            return before;
        }
    }

    @Override
    public final int atomicReadInt(int addr) {
        Object lock = stripe(addr, 4);
        if (lock == null) {
            return readInt(addr);
        }
        synchronized (lock) {
            return readInt(addr);
        }
    }

    @Override
    public final void atomicWriteInt(int addr, int value) {
        updateInt(addr, (a, b) -> b, value);
    }

    @Override
    public final int atomicAddInt(int addr, int delta) {
        return updateInt(addr, Integer::sum, delta);
    }

    @Override
    public final int atomicAndInt(int addr, int mask) {
        return updateInt(addr, (a, b) -> a & b, mask);
    }

    @Override
    public final int atomicOrInt(int addr, int mask) {
        return updateInt(addr, (a, b) -> a | b, mask);
    }

    @Override
    public final int atomicXorInt(int addr, int mask) {
        return updateInt(addr, (a, b) -> a ^ b, mask);
    }

    @Override
    public final int atomicXchgInt(int addr, int value) {
        return updateInt(addr, (a, b) -> b, value);
    }

    @Override
    public final int atomicCmpxchgInt(int addr, int expected, int replacement) {
        return updateInt(addr, (a, b) -> a == expected ? b : a, replacement);
    }

    private long updateLong(int addr, LongBinaryOperator operator, long operand) {
        Object lock = stripe(addr, 8);
        if (lock == null) {
            long before = readLong(addr);
            writeLong(addr, operator.applyAsLong(before, operand));
            return before;
        }
        synchronized (lock) {
            long before = readLong(addr);
            writeLong(addr, operator.applyAsLong(before, operand));
            return before;
        }
    }

    @Override
    public final long atomicReadLong(int addr) {
        Object lock = stripe(addr, 8);
        if (lock == null) {
            return readLong(addr);
        }
        synchronized (lock) {
            return readLong(addr);
        }
    }

    @Override
    public final void atomicWriteLong(int addr, long value) {
        updateLong(addr, (a, b) -> b, value);
    }

    @Override
    public final long atomicAddLong(int addr, long delta) {
        return updateLong(addr, Long::sum, delta);
    }

    @Override
    public final long atomicAndLong(int addr, long mask) {
        return updateLong(addr, (a, b) -> a & b, mask);
    }

    @Override
    public final long atomicOrLong(int addr, long mask) {
        return updateLong(addr, (a, b) -> a | b, mask);
    }

    @Override
    public final long atomicXorLong(int addr, long mask) {
        return updateLong(addr, (a, b) -> a ^ b, mask);
    }

    @Override
    public final long atomicXchgLong(int addr, long value) {
        return updateLong(addr, (a, b) -> b, value);
    }

    @Override
    public final long atomicCmpxchgLong(int addr, long expected, long replacement) {
        return updateLong(addr, (a, b) -> a == expected ? b : a, replacement);
    }
}
