package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests results that cannot be written. {@code LauncherIT} does the same with real pipes and closed streams. */
class OutputTest {
    private static final String NUMBERS =
            Shell.GUESTS.resolve("wat/numbers.wasm").toString();

    private final StringWriter err = new StringWriter();

    /** Fails on the first character, with the system's message. */
    private static Writer failing(String reason) {
        return new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException(reason);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsAFailure() throws IOException {
        for (String[] args : new String[][] {
            {"call", "--no-cache", NUMBERS, "add(1, 2)"},
            {"inspect", "--no-cache", NUMBERS},
            {"inspect", "--no-cache", "--json", NUMBERS},
            {"--help"},
            {"help", "run"},
            {"run", "--help"},
            {"--version"},
            {"completion"}
        }) {
            err.getBuffer().setLength(0);
            try (var full = new FileWriter("/dev/full")) {
                assertThat(Main.execute(full, err, args)).as(args[0]).isEqualTo(74);
            } catch (IOException e) {
                // Thrown by close(), since the buffer still holds unwritten text.
                assertThat(e).hasMessage("No space left on device");
            }
            assertThat(err.toString()).isEqualTo("airlock: cannot write to standard output: No space left on device\n");
        }
    }

    @Test
    void aReaderThatStopsIsNotReportedAsAFailure() {
        assertThat(Main.execute(failing("Broken pipe"), err, "call", "--no-cache", NUMBERS, "add(1, 2)"))
                .isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingIsCalledOnceAResultIsLost() {
        String traps = Shell.GUESTS.resolve("wat/traps.wasm").toString();
        assertThat(Main.execute(failing("gone"), err, "call", "--no-cache", traps, "divide(6, 3)", "divide(1, 0)"))
                .isEqualTo(74);
        assertThat(err.toString()).isEqualTo("airlock: cannot write to standard output: gone\n");
    }

    @Test
    void anEarlierFailureKeepsItsExitCode() {
        String traps = Shell.GUESTS.resolve("wat/traps.wasm").toString();
        assertThat(Main.execute(failing("gone"), err, "call", "--no-cache", traps, "divide(1, 0)"))
                .isEqualTo(134);
    }
}
