/**
 * Instantiates components and runs the calls into, out of and between their instances.
 *
 * <p>{@link dev.airlock.component.run.ComponentCode} is the code of a component, made once and shared by its instances;
 * {@link dev.airlock.component.run.ComponentState} is one instance. {@link dev.airlock.component.run.ComponentInstantiation}
 * makes an instance, and {@link dev.airlock.component.run.InstanceEntry} is the way from one instance into another.
 */
@NullMarked
package dev.airlock.component.run;

import org.jspecify.annotations.NullMarked;
