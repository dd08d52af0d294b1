package dev.airlock.program;

import java.nio.charset.StandardCharsets;

/** How a program ended, and what it wrote. */
public final class ProgramResult {
    private final int exitCode;
    private final byte[] stdout;
    private final byte[] stderr;

    ProgramResult(int exitCode, byte[] stdout, byte[] stderr) {
        this.exitCode = exitCode;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Returns the exit code; 0 if the program returned without exiting.
     *
     * @return the exit code, an unsigned number
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * Returns what the program wrote to standard output; empty if it had another destination. The caller may change the array,
     * which is not copied.
     *
     * @return the bytes
     */
    public byte[] stdout() {
        return stdout;
    }

    /**
     * Returns what the program wrote to standard error; empty if it had another destination. The caller may change the array,
     * which is not copied.
     *
     * @return the bytes
     */
    public byte[] stderr() {
        return stderr;
    }

    /**
     * Returns standard output, decoded as UTF-8; ill-formed bytes become U+FFFD.
     *
     * @return the text
     */
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /**
     * Returns standard error, decoded as UTF-8; ill-formed bytes become U+FFFD.
     *
     * @return the text
     */
    public String stderrText() {
        return new String(stderr, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "exit code " + Integer.toUnsignedString(exitCode) + ", " + stdout.length + " bytes on stdout, "
                + stderr.length + " on stderr";
    }
}
