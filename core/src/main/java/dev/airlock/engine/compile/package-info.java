/**
 * From validated operators to JVM methods, in one pass: HotSpot's own compiler does all optimisation.
 */
@NullMarked
package dev.airlock.engine.compile;

import org.jspecify.annotations.NullMarked;
