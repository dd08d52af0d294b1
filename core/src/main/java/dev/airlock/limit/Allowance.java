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

    /**
     * @param limits the limits
     * @param owner what lives as long as anything that is taken from this; null for nothing
     */
    public Allowance(Limits limits, @Nullable Object owner) {
        this.limits = limits;
        this.owner = owner;
    }

    /**
     * Returns an account without limits on what is allocated, for what the host makes itself.
     *
     * @return an account without limits on what is allocated, for what the host makes itself
     */
    public static Allowance ofHost() {
        return new Allowance(Limits.defaults().memoryBytes(Limits.UNLIMITED).tableElements(Limits.UNLIMITED), null);
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
     * Takes what a new memory needs.
     *
     * @param bytes the bytes
     * @throws LimitException if that is more than is left
     */
    public synchronized void takeMemory(long bytes) {
        if (bytes > limits.memoryBytes() - memoryBytes) {
            throw memoryRefusal(bytes);
        }
        memoryBytes += bytes;
    }

    /**
     * Takes what a memory needs to grow.
     *
     * @param bytes the bytes
     * @return false if that is more than is left, and the guest is to be told so
     * @throws LimitException if that is more than is left, and the guest is to end
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
     * Gives back what was taken: the heap had no room for a growth, or the memory has shrunk to what it was before.
     *
     * @param bytes the bytes
     */
    public synchronized void returnMemory(long bytes) {
        memoryBytes -= bytes;
    }

    /**
     * Returns how many bytes memories may still take.
     *
     * @return how many bytes memories may still take
     */
    public synchronized long memoryLeft() {
        return limits.memoryBytes() - memoryBytes;
    }

    /**
     * Why memories cannot take so many bytes more.
     *
     * @param bytes the bytes
     * @return the reason, for errors; null if there is none
     */
    public synchronized LimitException memoryRefusal(long bytes) {
        return new LimitException(
                Kind.MEMORY, "bytes of linear memory", limits.memoryBytes(), saturated(memoryBytes, bytes));
    }

    /**
     * Takes what a new table needs.
     *
     * @param elements the elements
     * @throws LimitException if that is more than is left
     */
    public synchronized void takeTable(long elements) {
        if (elements > limits.tableElements() - tableElements) {
            throw overTables(elements);
        }
        tableElements += elements;
    }

    /**
     * Returns the same as {@link #growMemory}, of tables.
     *
     * @param elements the elements
     * @return the same as {@link #growMemory}, of tables
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
     * Gives back what was taken, by a table that has shrunk to what it was before.
     *
     * @param elements the elements
     */
    public synchronized void returnTable(long elements) {
        tableElements -= elements;
    }

    private LimitException overTables(long elements) {
        return new LimitException(
                Kind.TABLE, "elements of tables", limits.tableElements(), saturated(tableElements, elements));
    }

    /**
     * Looks at the size of a string or list that the guest hands over.
     *
     * @param bytes the bytes
     * @throws LimitException if it is too long
     */
    public void checkString(long bytes) {
        if (bytes > limits.stringBytes()) {
            throw new LimitException(Kind.PAYLOAD, "bytes of a string or list", limits.stringBytes(), bytes);
        }
    }

    /**
     * Looks at the size of an encoded value that the guest hands over.
     *
     * @param bytes the bytes
     * @throws LimitException if it is too long
     */
    public void checkPayload(long bytes) {
        if (bytes > limits.payloadBytes()) {
            throw new LimitException(Kind.PAYLOAD, "bytes of an encoded value", limits.payloadBytes(), bytes);
        }
    }

    /**
     * Returns whether values that the guest hands over may take so much of Java's heap.
     *
     * @param bytes the bytes
     * @return whether values that the guest hands over may take so much of Java's heap
     */
    public boolean mayLift(long bytes) {
        return bytes <= limits.liftedBytes();
    }

    /**
     * Checks how much of Java's heap values take that the guest hands over, before they are made.
     *
     * @param bytes the bytes
     * @param what the last of them is, for errors
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
