package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/** WIT's {@code tuple<A, B, C>}. For longer ones write a record of your own: see {@link Tuple}. */
@Tuple
public record Tuple3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
        A first, B second, C third) {}
