package dev.airlock.abi.form;

import dev.airlock.error.LimitException;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.linear.LinearMemory;

/**
 * Bounds what the strings and lists of one crossing take together: in the guest's memory, those within lists, and in
 * Java's heap, all of them. It is made if there may be more than one; a single one is compared with the limits
 * directly.
 *
 * <p>A guest can have a million elements refer to the same bytes, and so ask for a million copies of them. A
 * well-meaning guest refers to few bytes twice, so all together are hardly more than its memory has. Some room is left
 * for those that repeat a constant. The budget is never more than {@link dev.airlock.limit.Limits#payloadBytes}.
 *
 * <p>A list of a million small tuples, of two bytes each in the guest, is a list of a million objects in Java. Their
 * type and number tell what they take, which is checked before the first is made.
 */
public final class Budget {
    /** How many bytes a list or string may have (Canonical ABI, {@code MAX_LIST_BYTE_LENGTH}). */
    public static final int MAX_BYTES = (1 << 28) - 1;

    private final Allowance allowance;
    private final long limit;
    private long left;
    private long heap;

    /** Starts a budget for one crossing into or out of a memory. */
    public static Budget of(LinearMemory memory) {
        return new Budget(memory);
    }

    private Budget(LinearMemory memory) {
        this.allowance = memory.allowance();
        this.limit =
                Math.min(memory.size() + (long) MAX_BYTES, allowance.limits().payloadBytes());
        this.left = limit;
    }

    /** Charges the bytes that a string or list within a list has in the guest's memory. */
    public void take(long bytes) {
        Interruption.check();
        left -= bytes;
        if (left < 0) {
            throw new LimitException(
                    LimitException.Kind.PAYLOAD, "bytes of lists and strings within one value", limit, limit - left);
        }
    }

    /**
     * Charges the bytes that a string or list will have in Java's heap.
     *
     * @param what it is, for errors
     */
    public void lift(long bytes, String what) {
        heap = HeapCost.plus(heap, bytes);
        allowance.checkLifted(heap, what);
    }

    /** Returns whether that many bytes of heap are left. */
    public boolean mayLift(long bytes) {
        return allowance.mayLift(HeapCost.plus(heap, bytes));
    }

    /** Returns bytes of heap that were charged and are not used. */
    public void giveBack(long bytes) {
        heap -= bytes;
    }
}
