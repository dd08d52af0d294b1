package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/**
 * WIT's {@code tuple<A, B>}. To give the components better names, write a record with {@link Tuple} instead.
 *
 * @param first the first element
 * @param second the second element
 * @param <A> the type of the first element
 * @param <B> the type of the second element
 */
@Tuple
public record Tuple2<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {}
