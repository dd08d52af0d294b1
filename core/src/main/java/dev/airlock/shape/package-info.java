/**
 * Java types and the WIT types that they stand for.
 *
 * <p>The story of this room: {@link dev.airlock.shape.MethodShape} says what a Java method takes and gives, in WIT's types,
 * and {@link dev.airlock.shape.JavaShape} the same of one type, part by part. {@link dev.airlock.shape.Shapes} has the table
 * of what stands for what. For guests that are no components, a value crosses as one number or as one block of bytes: its
 * {@link dev.airlock.shape.Carrier}.
 */
@NullMarked
package dev.airlock.shape;

import org.jspecify.annotations.NullMarked;
