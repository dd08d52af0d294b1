package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/**
 * WIT's {@code result<T, E>}, where it is not what a function returns: a method says that one with its return type and a
 * checked exception.
 *
 * @param <T> what comes with success; {@link Void} for nothing, as in {@code result<_, E>}
 * @param <E> what comes with failure; {@link Void} for nothing
 */
public sealed interface Result<T extends @Nullable Object, E extends @Nullable Object> {
    /** Success. The value is null where {@code T} is {@link Void}. */
    record Ok<T extends @Nullable Object, E extends @Nullable Object>(T value) implements Result<T, E> {}

    /** Failure. The error is null where {@code E} is {@link Void}. */
    record Err<T extends @Nullable Object, E extends @Nullable Object>(E error) implements Result<T, E> {}
}
