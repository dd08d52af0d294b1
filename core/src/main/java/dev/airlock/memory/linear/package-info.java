/**
 * Linear memories as guests use them (core specification, sections 4.2.8 and 4.6.7): the arrays that hold the bytes, growth, atomic
 * operators, and images of memories for snapshots. Public for generated code and for the library itself; hosts use
 * {@link dev.airlock.memory}.
 */
@NullMarked
package dev.airlock.memory.linear;

import org.jspecify.annotations.NullMarked;
