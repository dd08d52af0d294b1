/**
 * How a value crosses into a guest and back.
 *
 * <p>The story of this room: what a Java method takes and gives is known by its {@link dev.airlock.shape.MethodShape}, and
 * what each value is while it crosses by its {@link dev.airlock.shape.Carrier}: a number, or a block of bytes. A
 * {@link dev.airlock.abi.Placement} says where blocks lie and who frees them. The two together are a
 * {@link dev.airlock.abi.Crossing}; its plan is a list of steps that can be printed, and that one class interprets and
 * another turns into straight-line code. {@link dev.airlock.abi.Serving} is the same for a guest that calls Java.
 * Aggregates cross as the bytes of a payload, which a {@link dev.airlock.abi.PayloadCodec} makes; size, alignment and
 * flattening by the canonical ABI are here for the components to come.
 */
@NullMarked
package dev.airlock.abi;

import org.jspecify.annotations.NullMarked;
