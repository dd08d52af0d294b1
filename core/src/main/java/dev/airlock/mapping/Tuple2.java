package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/** WIT's {@code tuple<A, B>}. A record of one's own, with names that say more, does as well: see {@link Tuple}. */
@Tuple
public record Tuple2<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {}
