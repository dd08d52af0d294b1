/**
 * Bytes kept in a folder from one process to the next: found by key, whole or not at all, and never more than so many. Knows
 * nothing of what the bytes are.
 */
@NullMarked
package dev.airlock.store;

import org.jspecify.annotations.NullMarked;
