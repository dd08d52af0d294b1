/**
 * Readable names of guest functions and their source lines, by the artifact {@code airlock-symbols}. Without that artifact,
 * functions keep the names that they have in the module, and have no lines.
 */
@NullMarked
package dev.airlock.symbol;

import org.jspecify.annotations.NullMarked;
