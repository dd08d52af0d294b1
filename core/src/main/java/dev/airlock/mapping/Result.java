package dev.airlock.mapping;

import org.jspecify.annotations.Nullable;

/**
 * WIT's {@code result<T, E>} as a parameter or as a part of another value. A method that returns a {@code result} has a
 * return type and a checked exception instead.
 *
 * @param <T> the type of the value of a success; {@link Void} if it has none, as in {@code result<_, E>}
 * @param <E> the type of the error of a failure; {@link Void} if it has none
 */
public sealed interface Result<T extends @Nullable Object, E extends @Nullable Object> {
    /**
     * A success.
     *
     * @param value the value; null if {@code T} is {@link Void}
     * @param <T> the type of the value
     * @param <E> the type of the error of a failure
     */
    record Ok<T extends @Nullable Object, E extends @Nullable Object>(T value) implements Result<T, E> {}

    /**
     * A failure.
     *
     * @param error the error; null if {@code E} is {@link Void}
     * @param <T> the type of the value of a success
     * @param <E> the type of the error
     */
    record Err<T extends @Nullable Object, E extends @Nullable Object>(E error) implements Result<T, E> {}
}
