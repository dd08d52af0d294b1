/**
 * Readable names of guest functions and their source lines, for {@code dev.airlock}, which finds them as a service.
 *
 * <p>The packages below this one read symbols and debug information. Both come from guests and are never trusted: see there
 * for the bounds.
 */
@NullMarked
package dev.airlock.symbols;

import org.jspecify.annotations.NullMarked;
