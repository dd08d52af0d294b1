/**
 * Vectors as the compiler sees them: the forms in which they lie in the JVM's locals, how forms are chosen, and the code of each
 * operator (core specification, sections 4.3.5, 4.3.6 and 5.4.9).
 */
@NullMarked
package dev.airlock.engine.simd;

import org.jspecify.annotations.NullMarked;
