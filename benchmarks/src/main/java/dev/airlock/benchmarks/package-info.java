/**
 * Benchmarks, each a class: Airlock and its peers do the same work in separate JVMs, and {@link
 * dev.airlock.benchmarks.Ratios} compares their times.
 *
 * <p>Each peer has a separate state class, so that no fork loads or runs the code of another peer: a second memory class in
 * the same JVM would change how the JVM compiles calls of the first.
 */
@NullMarked
package dev.airlock.benchmarks;

import org.jspecify.annotations.NullMarked;
