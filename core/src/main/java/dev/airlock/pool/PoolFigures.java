package dev.airlock.pool;

import java.time.Duration;

/**
 * What a pool did so far, and what it is doing now: read while others use it, so numbers may be a moment apart.
 *
 * @param size how many instances there may be
 * @param inUse how many are in a call
 * @param idle how many wait for one
 * @param waiting how many calls wait for an instance
 * @param created how many instances were made since the pool was
 * @param evicted how many were thrown away, since they trapped, exited, or could not be reset
 * @param calls how often an instance was lent
 * @param resets how often one was put back to the snapshot
 * @param waits how many calls had to wait
 * @param waited how long they did, all together
 * @param timeouts how many gave up
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
