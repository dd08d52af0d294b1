/**
 * Validation of core modules (core specification, chapter 3): types in canonical form, and one pass over each function body,
 * which passes every operator that can be reached on to a {@link dev.airlock.engine.validate.CodeSink}.
 */
@NullMarked
package dev.airlock.engine.validate;

import org.jspecify.annotations.NullMarked;
