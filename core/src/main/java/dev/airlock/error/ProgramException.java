package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/**
 * A program that was called as a function did not answer: it exited with a code other than 0, or its stdout could not
 * be read as the type asked for. What it wrote to stderr, at the most its last 2,000 characters, is part of the message.
 */
public final class ProgramException extends AirlockException {
    private static final long serialVersionUID = 1L;

    private static final int STDERR_IN_MESSAGE = 2_000;

    /** The exit code of the program. */
    private final int exitCode;
    /** What the program wrote to standard error. */
    private final String stderr;

    /**
     * Creates the exception.
     *
     * @param message what happened
     * @param exitCode the exit code of the program
     * @param stderr what the program wrote to standard error; the message has its end
     * @param cause the cause, or null
     */
    public ProgramException(String message, int exitCode, String stderr, @Nullable Throwable cause) {
        super(message + "; exit code " + Integer.toUnsignedString(exitCode) + tail(stderr), cause);
        this.exitCode = exitCode;
        this.stderr = stderr;
    }

    private static String tail(String stderr) {
        String text = stderr.strip();
        if (text.isEmpty()) {
            return "; nothing on stderr";
        }
        return "; stderr: "
                + (text.length() <= STDERR_IN_MESSAGE ? text : "…" + text.substring(text.length() - STDERR_IN_MESSAGE));
    }

    /**
     * Returns the exit code of the program.
     *
     * @return the code; 0 if the program succeeded and its output could not be used
     */
    public int exitCode() {
        return exitCode;
    }

    /** {@return all that the program wrote to stderr, decoded as UTF-8} */
    public String stderr() {
        return stderr;
    }
}
