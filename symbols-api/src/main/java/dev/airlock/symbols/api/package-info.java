/**
 * What {@code airlock} and {@code airlock-symbols} share: the service by which the first finds the second. It is an artifact
 * of its own, since {@code airlock} needs it also if a program leaves {@code airlock-symbols} out.
 */
@NullMarked
package dev.airlock.symbols.api;

import org.jspecify.annotations.NullMarked;
