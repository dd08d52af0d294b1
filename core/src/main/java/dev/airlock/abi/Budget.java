package dev.airlock.abi;

import dev.airlock.error.LimitException;
import dev.airlock.memory.LinearMemory;

/**
 * How many bytes the lists and strings within lists may have together, in one crossing.
 *
 * <p>A guest can have a million elements refer to the same bytes, and so ask for a million copies of them. One that does not
 * mean harm refers to few bytes twice, so all together are hardly more than its memory has. Some room is left for
 * those that repeat a constant. More than {@link dev.airlock.limit.Limits#payloadBytes} it never is.
 */
final class Budget {
    private final long limit;
    private long left;

    Budget(LinearMemory memory) {
        this.limit = Math.min(
                memory.size() + (long) CanonicalOperations.MAX_BYTES,
                memory.allowance().limits().payloadBytes());
        this.left = limit;
    }

    void take(long bytes) {
        Interruption.check();
        left -= bytes;
        if (left < 0) {
            throw new LimitException(
                    LimitException.Kind.PAYLOAD, "bytes of lists and strings within one value", limit, limit - left);
        }
    }
}
