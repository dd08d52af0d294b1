/**
 * Events about guests for the JVM's flight recorder, which are made only while a recording is on.
 *
 * <p>Three events, all off unless a recording turns them on: {@code dev.airlock.Crossing} for each call between host and
 * guest or from one component to another, {@code dev.airlock.Instantiation} for each instance that is made, and
 * {@code dev.airlock.Reset} for each that goes back to its snapshot. {@link dev.airlock.event.FlightEvents} is the only door;
 * behind it, nothing is loaded in a JVM without the module {@code jdk.jfr}.
 */
@NullMarked
package dev.airlock.event;

import org.jspecify.annotations.NullMarked;
