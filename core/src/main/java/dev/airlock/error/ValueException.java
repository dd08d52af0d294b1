package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/** A value that does not fit its type. The message starts with the path to the value. */
public final class ValueException extends AirlockException {
    private static final long serialVersionUID = 1L;

    public ValueException(String message) {
        super(message);
    }

    public ValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
