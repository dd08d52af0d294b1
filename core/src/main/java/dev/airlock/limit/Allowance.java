package dev.airlock.limit;

import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one instance, or all of one component, has taken of its limits, and may still take. Public for the rooms that give
 * it memories and tables; no program should use it.
 *
 * <p>What is given back is what an instance loses that is reset; else memories and tables live as long as it. Safe for several threads, since a
 * shared memory may grow in any.
 */
public final class Allowance {
    private final Limits limits;

    @SuppressWarnings("unused") // Keeps the instance from being closed while somebody has its memory or table.
    private final @Nullable Object owner;

    private long memoryBytes;
    private long tableElements;
    private @Nullable CollectedHeap collected;

    /**
     * @param limits the limits
     * @param owner what lives as long as anything that is taken from this; null for nothing
     */
    public Allowance(Limits limits, @Nullable Object owner) {
        this.limits = limits;
        this.owner = owner;
    }

    /** {@return an account without limits on what is allocated, for what the host makes itself} */
    public static Allowance ofHost() {
        return new Allowance(
                Limits.defaults()
                        .memoryBytes(Limits.UNLIMITED)
                        .tableElements(Limits.UNLIMITED)
                        .collectedBytes(Limits.UNLIMITED),
                null);
    }

    /**
     * Returns the limits that this counts for.
     *
     * @return the limits
     */
    public Limits limits() {
        return limits;
    }

    /**
     * Takes the bytes of a new memory.
     *
     * @param bytes the number of bytes
     * @throws LimitException if fewer are left
     */
    public synchronized void takeMemory(long bytes) {
        if (bytes > limits.memoryBytes() - memoryBytes) {
            throw memoryRefusal(bytes);
        }
        memoryBytes += bytes;
    }

    /**
     * Takes the bytes by which a memory grows.
     *
     * @param bytes the number of bytes
     * @return false if fewer are left, so that the growth fails in the guest
     * @throws LimitException if fewer are left and {@link Limits#growthTraps()} is set
     */
    public synchronized boolean growMemory(long bytes) {
        if (bytes > limits.memoryBytes() - memoryBytes) {
            if (limits.growthTraps()) {
                throw memoryRefusal(bytes);
            }
            return false;
        }
        memoryBytes += bytes;
        return true;
    }

    /**
     * Returns bytes that were taken: the heap had no room for a growth, or the memory was reset to a smaller size.
     *
     * @param bytes the number of bytes
     */
    public synchronized void returnMemory(long bytes) {
        memoryBytes -= bytes;
    }

    /** {@return how many bytes memories may still take} */
    public synchronized long memoryLeft() {
        return limits.memoryBytes() - memoryBytes;
    }

    /**
     * Returns the error for memories that need this many bytes more.
     *
     * @param bytes the number of bytes
     * @return the new error, which is not thrown yet
     */
    public synchronized LimitException memoryRefusal(long bytes) {
        return new LimitException(
                Kind.MEMORY, "bytes of linear memory", limits.memoryBytes(), saturated(memoryBytes, bytes));
    }

    /**
     * Takes the elements of a new table.
     *
     * @param elements the number of elements
     * @throws LimitException if fewer are left
     */
    public synchronized void takeTable(long elements) {
        if (elements > limits.tableElements() - tableElements) {
            throw overTables(elements);
        }
        tableElements += elements;
    }

    /**
     * Takes the elements by which a table grows.
     *
     * @param elements the number of elements
     * @return false if fewer are left, so that the growth fails in the guest
     * @throws LimitException if fewer are left and {@link Limits#growthTraps()} is set
     */
    public synchronized boolean growTable(long elements) {
        if (elements > limits.tableElements() - tableElements) {
            if (limits.growthTraps()) {
                throw overTables(elements);
            }
            return false;
        }
        tableElements += elements;
        return true;
    }

    /**
     * Returns elements that were taken: the table was reset to a smaller size.
     *
     * @param elements the number of elements
     */
    public synchronized void returnTable(long elements) {
        tableElements -= elements;
    }

    private LimitException overTables(long elements) {
        return new LimitException(
                Kind.TABLE, "elements of tables", limits.tableElements(), saturated(tableElements, elements));
    }

    /**
     * Returns the account of the structs, arrays and exceptions that a guest keeps.
     *
     * @return always the same
     */
    public synchronized CollectedHeap collected() {
        if (collected == null) {
            collected = new CollectedHeap(limits.collectedBytes());
        }
        return collected;
    }

    /**
     * Checks the size of a string or list that the guest passes to Java.
     *
     * @param bytes the number of bytes
     * @throws LimitException if it is too long
     */
    public void checkString(long bytes) {
        if (bytes > limits.stringBytes()) {
            throw new LimitException(Kind.PAYLOAD, "bytes of a string or list", limits.stringBytes(), bytes);
        }
    }

    /**
     * Checks the size of an encoded value that the guest passes to Java.
     *
     * @param bytes the number of bytes
     * @throws LimitException if it is too long
     */
    public void checkPayload(long bytes) {
        if (bytes > limits.payloadBytes()) {
            throw new LimitException(Kind.PAYLOAD, "bytes of an encoded value", limits.payloadBytes(), bytes);
        }
    }

    /**
     * Returns whether the values that the guest passes in one call may take this much of Java's heap.
     *
     * @param bytes the number of bytes
     * @return true if they are within the limit
     */
    public boolean mayLift(long bytes) {
        return bytes <= limits.liftedBytes();
    }

    /**
     * Checks how much of Java's heap the values that the guest passes will take, before they are made.
     *
     * @param bytes the number of bytes
     * @param what the value that was counted last, for errors
     * @throws LimitException if it is too much
     */
    public void checkLifted(long bytes, String what) {
        if (!mayLift(bytes)) {
            throw LimitException.lifted(limits.liftedBytes(), bytes, what);
        }
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
