package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/** A Java type, method or interface that does not fit the guest function that it should stand for. */
public final class SignatureException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     */
    public SignatureException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     * @param cause the cause, or null
     */
    public SignatureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
