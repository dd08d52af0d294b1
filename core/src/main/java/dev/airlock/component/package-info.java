/**
 * Components: decode, validate, link and run (component model, Explainer).
 *
 * <p>The story of this room, as far as it goes: {@code ComponentDecoder} turns bytes into a {@code ParsedComponent}, a list
 * of {@code Definition}s in order, with indices as the binary has them.
 */
@NullMarked
package dev.airlock.component;

import org.jspecify.annotations.NullMarked;
