/**
 * What generated code calls for operators on vectors (core specification, sections 4.3.5 and 4.3.6): pure functions on halves
 * and on lanes. Public for generated code.
 */
@NullMarked
package dev.airlock.engine.vector;

import org.jspecify.annotations.NullMarked;
