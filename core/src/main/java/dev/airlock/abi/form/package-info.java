/**
 * How Java takes a value apart, and how the canonical ABI lays it out.
 *
 * <p>A {@code Form} is a tree that mirrors a value's type: accessors and constructors of a user's records, or of
 * {@link dev.airlock.type.Value}s. A {@code Layout} has sizes, alignments and offsets; {@code HeapCost} and {@code Budget}
 * bound what lifted values take of Java's heap.
 */
@NullMarked
package dev.airlock.abi.form;

import org.jspecify.annotations.NullMarked;
