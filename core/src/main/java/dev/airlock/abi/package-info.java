/**
 * How a value crosses into a guest and back.
 *
 * <p>The story of this room: what a Java method takes and gives is known by its {@link dev.airlock.shape.MethodShape}, and
 * what each value is while it crosses by its {@link dev.airlock.shape.Carrier}: a number, or a block of bytes. A
 * {@link dev.airlock.placement.Placement} says where blocks lie and who frees them. The two together are a
 * {@link dev.airlock.abi.Crossing}; its plan is a list of steps that can be printed, and that one class interprets and
 * another turns into straight-line code. {@link dev.airlock.abi.Upcall} is the same for a guest that calls Java.
 * Aggregates cross as the bytes of a payload, which a {@link dev.airlock.payload.PayloadCodec} makes.
 *
 * <p>Components place values by the canonical ABI, and there values are trees. {@link dev.airlock.abi.CanonicalCall},
 * {@link dev.airlock.abi.CanonicalServing} and {@link dev.airlock.abi.CanonicalBridge} are the three ways across: Java to
 * guest, guest to Java, guest to guest. A {@code Form} says how Java takes a value apart; {@code CanonicalLowering} and
 * {@code CanonicalLifting} plan by it, with steps that may have steps of their own ({@code CanonicalStep}). What goes in is
 * made ready in an {@code Image} before the guest is asked for room. {@link dev.airlock.abi.CanonicalContext} is what all
 * this needs to know of a component instance while it runs.
 */
@NullMarked
package dev.airlock.abi;

import org.jspecify.annotations.NullMarked;
