/**
 * Java interfaces bound to a guest's exports, and Java objects to its imports.
 *
 * <p>{@link dev.airlock.binding.Bindings} makes an interface's methods stand for exported functions: it finds each
 * function by its name, its placement by the guest's convention, has the crossing compiled, and puts the instance's gate
 * around it. All that does not fit is said at once, before anything is called.
 */
@NullMarked
package dev.airlock.binding;

import org.jspecify.annotations.NullMarked;
