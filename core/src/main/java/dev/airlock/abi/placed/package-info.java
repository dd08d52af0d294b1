/**
 * The conventions of core modules: strings and lists are blocks in the guest's memory.
 *
 * <p>A {@link dev.airlock.placement.Placement} says where blocks lie and who frees them.
 * {@link dev.airlock.abi.placed.Crossing} is a call from Java into a guest, {@link dev.airlock.abi.placed.Upcall} a call from a
 * guest into Java. Aggregates cross as the bytes of a payload, which a {@link dev.airlock.payload.PayloadCodec} makes; an
 * AssemblyScript guest takes managed objects instead ({@code ManagedPlanner}).
 */
@NullMarked
package dev.airlock.abi.placed;

import org.jspecify.annotations.NullMarked;
