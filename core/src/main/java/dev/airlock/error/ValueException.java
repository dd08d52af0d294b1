package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/** A value that does not fit its type. The message starts with the path to the value. */
public final class ValueException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     */
    public ValueException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     * @param cause the cause, or null
     */
    public ValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
