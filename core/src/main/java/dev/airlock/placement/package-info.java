/**
 * Where the bytes of values lie in the memory of a core module, and who frees them.
 *
 * <p>{@link dev.airlock.placement.Placement} describes one way to pass strings and lists;
 * {@link dev.airlock.placement.GuestPlacement} chooses one for a method.
 */
@NullMarked
package dev.airlock.placement;

import org.jspecify.annotations.NullMarked;
