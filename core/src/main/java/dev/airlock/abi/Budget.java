package dev.airlock.abi;

import dev.airlock.error.LimitException;
import dev.airlock.memory.LinearMemory;

/**
 * How many bytes the lists and strings within lists may have together, in one crossing.
 *
 * <p>A guest can have a million elements refer to the same bytes, and so ask for a million copies of them. One that does not
 * mean harm refers to few bytes twice, so all together are hardly more than its memory has. Some room is left for
 * those that repeat a constant.
 */
final class Budget {
    private final long limit;
    private long left;

    Budget(LinearMemory memory) {
        this.limit = memory.size() + (long) CanonicalOperations.MAX_BYTES;
        this.left = limit;
    }

    void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new LimitException("bytes of lists and strings within one value", limit, limit - left);
        }
    }
}
