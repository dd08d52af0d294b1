package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, on what has just been packaged. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final Path SCRIPT = Shell.GUESTS.resolveSibling("airlock");
    private static final Map<String, String> THIS_JDK = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    private Path folder;

    private Done echo(Path script, String... args) {
        var command = new java.util.ArrayList<>(List.of(
                script.toString(), "run", Shell.GUESTS.resolve("c/echo.wasm").toString()));
        command.addAll(List.of(args));
        return Shell.run(folder, THIS_JDK, "in", command);
    }

    @Test
    void itWorksFromAnyFolder() {
        assertThat(echo(SCRIPT, "cat")).isEqualTo(new Done(0, "in", ""));
        assertThat(echo(SCRIPT, "exit", "9").exitCode()).isEqualTo(9);
    }

    @Test
    void itWorksThroughSymbolicLinks() throws IOException {
        Path direct = Files.createSymbolicLink(folder.resolve("direct"), SCRIPT);
        Path relative = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("bin")).resolve("relative"), Path.of("../direct"));
        assertThat(echo(direct, "cat")).isEqualTo(new Done(0, "in", ""));
        assertThat(echo(relative, "cat")).isEqualTo(new Done(0, "in", ""));
    }

    @Test
    void argumentsWithSpacesStayWhole() {
        assertThat(echo(SCRIPT, "args", "a b", "", "*").out()).isEqualTo("echo.wasm\nargs\na b\n\n*\n");
    }

    /** By a shell, which closes streams as its text says. */
    private Done redirected(String redirections, String behaviour) {
        return Shell.run(
                folder,
                THIS_JDK,
                "from the pipe",
                List.of(
                        "sh",
                        "-c",
                        "\"$0\" run \"$1\" \"$2\" " + redirections,
                        SCRIPT.toString(),
                        Shell.GUESTS.resolve("c/echo.wasm").toString(),
                        behaviour));
    }

    @Test
    void aClosedInputIsEmpty() {
        assertThat(redirected("", "cat")).isEqualTo(new Done(0, "from the pipe", ""));
        assertThat(redirected("<&-", "cat")).isEqualTo(new Done(0, "", ""));
        assertThat(redirected("<&- 2>&-", "cat")).isEqualTo(new Done(0, "", ""));
    }

    @Test
    void aClosedOutputRefusesWhatTheGuestWrites() {
        assertThat(redirected(">&-", "cat")).isEqualTo(new Done(1, "", "write: Bad file descriptor\n"));
        assertThat(redirected("", "stderr")).isEqualTo(new Done(0, "", "from the pipe"));
        assertThat(redirected("2>&-", "stderr")).isEqualTo(new Done(1, "", ""));
        assertThat(redirected("<&- >&- 2>&-", "cat")).isEqualTo(new Done(0, "", ""));
    }

    @Test
    void withoutAJavaItSaysSo() {
        Done done = Shell.run(
                folder,
                Map.of("JAVA_HOME", folder.resolve("none").toString()),
                "",
                List.of(SCRIPT.toString(), "--version"));
        assertThat(done)
                .isEqualTo(new Done(125, "", "airlock: no java found: set JAVA_HOME to a JDK, version 17 or later\n"));
    }
}
