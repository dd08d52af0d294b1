/**
 * Questions about speed, one class each: Airlock and its peers do the same work side by side, in JVMs of their own, and
 * {@link dev.airlock.benchmarks.Ratios} sets one against the other.
 *
 * <p>Each peer has a state class of its own, so that no fork loads or runs what belongs to another peer: a second
 * memory class in the same JVM would change how the first one's calls are compiled.
 */
@NullMarked
package dev.airlock.benchmarks;

import org.jspecify.annotations.NullMarked;
