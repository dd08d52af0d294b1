/**
 * Does a process that runs other people's guests for a long time stay as it was? Guests that trap, run out of time, exit,
 * fill their memory or are never closed, by the hundred thousand, and what the JVM holds after each stretch of them.
 */
@NullMarked
package dev.airlock.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
