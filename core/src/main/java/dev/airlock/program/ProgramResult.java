package dev.airlock.program;

import java.nio.charset.StandardCharsets;

/** What a program left behind. */
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
     * Returns the code it exited with; 0 where it just ended.
     *
     * @return the code it exited with
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * What it wrote to standard output; empty where that went elsewhere. The array is the caller's.
     *
     * @return what it wrote to standard output
     */
    public byte[] stdout() {
        return stdout;
    }

    /**
     * What it wrote to standard error; empty where that went elsewhere. The array is the caller's.
     *
     * @return what it wrote to standard error
     */
    public byte[] stderr() {
        return stderr;
    }

    /**
     * Standard output as UTF-8; what is ill-formed shows as U+FFFD.
     *
     * @return the text
     */
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /**
     * Standard error as UTF-8; what is ill-formed shows as U+FFFD.
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
