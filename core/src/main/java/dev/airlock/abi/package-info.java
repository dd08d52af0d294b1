/**
 * How values cross between Java and a guest, or between two guests.
 *
 * <p>A crossing is planned once and run many times. Its {@link dev.airlock.abi.Plan} is a list of steps that can be printed;
 * each {@link dev.airlock.abi.Step} reads registers that earlier steps set. A plan is interpreted, or compiled to one hidden
 * class.
 *
 * <p>Two planners make plans: {@code abi.placed} for core modules, whose languages pass strings and lists as blocks of
 * memory, and {@code abi.canonical} for components. {@code abi.form} says how Java takes values apart and how memory lays them
 * out.
 */
@NullMarked
package dev.airlock.abi;

import org.jspecify.annotations.NullMarked;
