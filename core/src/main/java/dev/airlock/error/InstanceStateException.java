package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/**
 * An instance that cannot be entered: another thread is in it, it trapped before, it has exited or is closed. Or one whose
 * state cannot be captured or taken back, or that cannot be made with its limits.
 */
public final class InstanceStateException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     */
    public InstanceStateException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and what to do
     * @param cause the cause, or null
     */
    public InstanceStateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
