/**
 * Checks that a process which runs untrusted guests for a long time does not grow. Runs guests that trap, run out of time,
 * exit, fill their memory or are never closed, by the hundred thousand, and measures what the JVM holds after each part.
 */
@NullMarked
package dev.airlock.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
