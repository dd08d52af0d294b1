/**
 * Compiled code, kept as bytes, and loaded as classes of the JVM.
 */
@NullMarked
package dev.airlock.engine.load;

import org.jspecify.annotations.NullMarked;
