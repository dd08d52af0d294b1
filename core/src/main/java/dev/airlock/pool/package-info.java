/**
 * Many instances of one guest behind one object that any number of threads may use.
 *
 * <p>A {@link dev.airlock.pool.Pool} lends an instance to each call, and puts it back to a snapshot after it, so that no call
 * finds what another left; {@link dev.airlock.pool.PoolOptions} says how many there may be, and how long a call waits for
 * one. It is made by {@code guest.pooled(options)}.
 */
@NullMarked
package dev.airlock.pool;

import org.jspecify.annotations.NullMarked;
