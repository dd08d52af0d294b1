/**
 * Kotlin's types for Airlock: data classes bind as records do, {@code String?} is an option, {@code object} cases of sealed
 * interfaces carry nothing, and {@code UInt} and its kin are unsigned.
 *
 * <p>There is nothing to call: Airlock finds this artifact on the class path.
 */
@NullMarked
package dev.airlock.kotlin;

import org.jspecify.annotations.NullMarked;
