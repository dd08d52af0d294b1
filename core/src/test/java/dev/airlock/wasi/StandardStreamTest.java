package dev.airlock.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.program.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Standard streams that were closed when the process started. Each case is a process of its own, started by a shell.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class StandardStreamTest {
    @TempDir
    private Path folder;

    /** Runs the guest {@code echo} with the streams of this process, and writes its exit code to a file. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) throws Exception {
            int exitCode = Program.of(Guests.module("c/echo"))
                    .invocation()
                    .args(args[1])
                    .inheritStdio()
                    .run()
                    .exitCode();
            Files.writeString(Path.of(args[0]), Integer.toString(exitCode));
        }
    }

    /** The result of a run. The exit code is that of the guest. */
    private record Ended(String exitCode, String out, String err) {}

    private Ended echo(String behaviour, String redirections) throws Exception {
        Path exitCode = folder.resolve("exit code");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$0\" \"$@\" " + redirections,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName(),
                        exitCode.toString(),
                        behaviour)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write("from the pipe".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(redirections).as("a pipe that nothing reads").contains("<");
        }
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                Files.exists(exitCode) ? Files.readString(exitCode) : "none",
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err));
    }

    @Test
    void openStreamsArePassedToTheGuest() throws Exception {
        assertThat(echo("cat", "")).isEqualTo(new Ended("0", "from the pipe", ""));
        assertThat(echo("stderr", "")).isEqualTo(new Ended("0", "", "from the pipe"));
    }

    @Test
    void aClosedInputIsEmpty() throws Exception {
        assertThat(echo("cat", "<&-")).isEqualTo(new Ended("0", "", ""));
        assertThat(echo("cat", "<&- 2>&-")).isEqualTo(new Ended("0", "", ""));
    }

    @Test
    void aClosedOutputRefusesWhatIsWritten() throws Exception {
        assertThat(echo("cat", ">&-")).isEqualTo(new Ended("1", "", "write: Bad file descriptor\n"));
        assertThat(echo("stderr", "2>&-")).isEqualTo(new Ended("1", "", ""));
    }

    @Test
    void aGuestRunsIfAllStreamsAreClosed() throws Exception {
        assertThat(echo("cat", "<&- >&- 2>&-")).isEqualTo(new Ended("0", "", ""));
    }

    /** The file that a closed standard input would be taken for. */
    @Test
    void aFileOfTheJvmCanBeAnInput() throws Exception {
        Path file = Path.of(System.getProperty("java.home"), "lib", "modules");
        Ended ended = echo("cat", "< '" + file + "' 2>/dev/null | head -c 4");
        assertThat(ended.out()).hasSize(4);
    }

    @Test
    void anEmptyFileIsAnInputToo() throws Exception {
        assertThat(echo("cat", "< /dev/null")).isEqualTo(new Ended("0", "", ""));
    }
}
