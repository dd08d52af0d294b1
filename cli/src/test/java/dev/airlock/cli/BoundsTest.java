package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class BoundsTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();
    private static final String RUNAWAY =
            Shell.GUESTS.resolve("wat/runaway.wasm").toString();

    @Test
    void aTimeoutExitsWith124() {
        Done done = Shell.airlock(
                "", "call", "--no-cache", "--unknown-imports", "trap", "--timeout", "300ms", RUNAWAY, "spin()");
        assertThat(done.exitCode()).isEqualTo(124);
        assertThat(done.err())
                .matches("airlock: over the limit of 300 ms of wall-clock time for a call: the guest was stopped after"
                        + " \\d+, in spin of runaway.wasm\\R");
    }

    @Test
    void aTimeoutEndsAGuestThatWaitsForInput() throws Exception {
        var builder = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--no-cache",
                "--timeout",
                "1s",
                ECHO,
                "cat"));
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.flush();
            assertThat(process.waitFor()).isEqualTo(124);
        }
    }

    @Test
    void reachingTheOutputLimitExitsWith123() {
        Done done = Shell.airlock("", "run", "--no-cache", "--max-output", "1KiB", ECHO, "flood", "5000");
        assertThat(done.exitCode()).isEqualTo(123);
        assertThat(done.out()).hasSize(1024);
        assertThat(done.err()).startsWith("airlock: over the limit of 1024 bytes on stdout: the guest asked for ");
        assertThat(Shell.airlock("", "run", "--no-cache", "--max-output", "5000B", ECHO, "flood", "5000")
                        .exitCode())
                .isZero();
    }

    @Test
    void reachingTheMemoryLimitExitsWith122() {
        Done grown = Shell.airlock(
                "", "call", "--no-cache", "--unknown-imports", "trap", "--max-memory", "1MiB", RUNAWAY, "grow(16)");
        assertThat(grown.exitCode()).isEqualTo(122);
        assertThat(grown.err())
                .isEqualTo("airlock: over the limit of 1048576 bytes of linear memory: the guest asked for 1114112\n");
        assertThat(Shell.airlock("", "run", "--no-cache", "--max-memory", "64KiB", ECHO)
                        .exitCode())
                .as("it declares more")
                .isEqualTo(122);
        assertThat(Shell.airlock(
                                "",
                                "call",
                                "--no-cache",
                                "--unknown-imports",
                                "trap",
                                "--max-memory",
                                "1MiB",
                                RUNAWAY,
                                "grow(15)")
                        .out())
                .isEqualTo("1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--timeout,500,'expected a number with its unit, ms, s or m, as in 500ms'",
        "--timeout,5h,'expected a number with its unit, ms, s or m, as in 500ms'",
        "--timeout,0s,it must be more than zero",
        "--timeout,999999999999999999m,the number is too large",
        "--max-memory,64MB,'expected a number with its unit, B, KiB, MiB or GiB, as in 64MiB'",
        "--max-memory,-1B,'expected a number with its unit, B, KiB, MiB or GiB, as in 64MiB'",
        "--max-output,mib,'expected a number with its unit, B, KiB, MiB or GiB, as in 1MiB'"
    })
    void malformedQuantitiesAreRefused(String option, String text, String problem) {
        Done done = Shell.airlock("", "run", option + "=" + text, ECHO);
        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.err()).startsWith("airlock: " + option + " " + text + ": " + problem);
    }
}
