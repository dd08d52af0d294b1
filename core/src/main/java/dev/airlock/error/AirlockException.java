package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/** The root of all failures that Airlock reports. */
public abstract class AirlockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AirlockException(String message) {
        super(message);
    }

    AirlockException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    AirlockException(String message, @Nullable Throwable cause, boolean writableStackTrace) {
        super(message, cause, false, writableStackTrace);
    }
}
