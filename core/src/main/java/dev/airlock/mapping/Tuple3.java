package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/**
 * WIT's {@code tuple<A, B, C>}. For longer tuples, or for better names, write a record with {@link Tuple}.
 *
 * @param first the first element
 * @param second the second element
 * @param third the third element
 * @param <A> the type of the first element
 * @param <B> the type of the second element
 * @param <C> the type of the third element
 */
@Tuple
public record Tuple3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
        A first, B second, C third) {}
