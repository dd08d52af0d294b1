/**
 * Types and annotations that map Java interfaces to WIT types.
 *
 * <p>Java has no unsigned numbers, no tuples and no {@code result}: the types here stand for them, and the annotations tell
 * Airlock what a Java type alone does not show. {@link dev.airlock.mapping.LanguageTypes} does the same for other JVM
 * languages.
 */
@NullMarked
package dev.airlock.mapping;

import org.jspecify.annotations.NullMarked;
