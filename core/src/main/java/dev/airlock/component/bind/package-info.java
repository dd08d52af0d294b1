/**
 * Java interfaces bound to a component's exports, and Java objects to its imports.
 */
@NullMarked
package dev.airlock.component.bind;

import org.jspecify.annotations.NullMarked;
