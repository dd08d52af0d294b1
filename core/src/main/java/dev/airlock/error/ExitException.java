package dev.airlock.error;

/**
 * A guest asked to exit (WASI {@code proc_exit}) while a function of it was called. The code is data: 0 is no failure.
 *
 * <p>Running a program gives the code in its result instead. A host function may let this pass, and must not swallow it.
 */
public final class ExitException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The code that the guest gave. */
    private final int exitCode;

    /**
     * Creates the exception.
     *
     * @param exitCode the code that the guest gave
     */
    public ExitException(int exitCode) {
        super("the guest exited with code " + Integer.toUnsignedString(exitCode), null, false);
        this.exitCode = exitCode;
    }

    /**
     * Returns the code as the guest gave it. WASI says u32; 0 means success.
     *
     * @return the code as the guest gave it
     */
    public int exitCode() {
        return exitCode;
    }
}
