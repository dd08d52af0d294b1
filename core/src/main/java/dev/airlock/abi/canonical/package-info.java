/**
 * The canonical ABI of components, where values are trees.
 *
 * <p>{@link dev.airlock.abi.canonical.CanonicalCall}, {@link dev.airlock.abi.canonical.CanonicalServing} and
 * {@link dev.airlock.abi.canonical.CanonicalBridge} are the three ways across: Java to guest, guest to Java, guest to guest.
 * {@code CanonicalLowering} and {@code CanonicalLifting} plan by a value's {@code Form}, with steps that may have steps of their
 * own. What goes in is made ready in an {@code Image} before the guest is asked for room.
 * {@link dev.airlock.abi.canonical.CanonicalContext} is what all this needs to know of a component instance while it runs.
 */
@NullMarked
package dev.airlock.abi.canonical;

import org.jspecify.annotations.NullMarked;
