package dev.airlock.pool;

import java.time.Duration;

/**
 * What a pool has done so far and is doing now. The numbers are read while other threads use the pool, so they may not belong to
 * the same moment.
 *
 * @param size the maximum number of instances
 * @param inUse how many instances are in a call
 * @param idle how many instances wait for a call
 * @param waiting how many calls wait for an instance
 * @param created how many instances were created since the pool was
 * @param evicted how many instances were discarded because they trapped, exited, or could not be reset
 * @param calls how often an instance was lent
 * @param resets how often an instance was reset to the snapshot
 * @param waits how many calls had to wait
 * @param waited how long calls waited, all together
 * @param timeouts how many calls failed because no instance was available in time
 */
public record PoolFigures(
        int size,
        int inUse,
        int idle,
        int waiting,
        long created,
        long evicted,
        long calls,
        long resets,
        long waits,
        Duration waited,
        long timeouts) {}
