/**
 * What the JVM's flight recorder is told of guests, where somebody asks for it.
 *
 * <p>Two events, both off unless a recording turns them on: {@code dev.airlock.Crossing} for each call between host and
 * guest, and {@code dev.airlock.Instantiation} for each instance that is made. {@link dev.airlock.event.FlightEvents} is
 * the only door; behind it, nothing is loaded in a JVM without the module {@code jdk.jfr}.
 */
@NullMarked
package dev.airlock.event;

import org.jspecify.annotations.NullMarked;
