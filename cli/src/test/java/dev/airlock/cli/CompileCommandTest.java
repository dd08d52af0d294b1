package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CompileCommandTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();
    private static final String COMPONENT =
            Shell.GUESTS.resolve("components/c/kit.wasm").toString();

    @TempDir
    private Path folder;

    private Done airlock(Path cache, String... args) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return Shell.run(folder, Map.of("AIRLOCK_CACHE", cache.toString()), "", command);
    }

    private static long entries(Path cache) throws IOException {
        try (var files = Files.list(cache)) {
            return files.count();
        }
    }

    @Test
    void theCacheIsFilledBeforeTheFirstRun() throws IOException {
        Path cache = folder.resolve("cache");
        Done first = airlock(cache, "compile", ECHO, COMPONENT);
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out())
                .matches("echo\\.wasm: 80 functions compiled in [0-9.]+ s, kept in .*/cache\n"
                        + "kit\\.wasm: 290 functions compiled in [0-9.]+ s, kept in .*/cache\n");
        assertThat(entries(cache)).isEqualTo(4);
        Done again = airlock(cache, "compile", ECHO);
        assertThat(again).isEqualTo(new Done(0, "echo.wasm: already in " + cache + "\n", ""));
        assertThat(airlock(cache, "run", ECHO, "exit", "3").exitCode()).isEqualTo(3);
        assertThat(entries(cache)).as("run found it there").isEqualTo(4);
    }

    @Test
    void codeThatCannotBeStoredIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Done done = airlock(file, "compile", ECHO);
        assertThat(done.exitCode()).isEqualTo(125);
        assertThat(done.out()).isEmpty();
        assertThat(done.err())
                .startsWith("airlock: echo.wasm was compiled, but its code could not be kept in " + file + ": ");
    }

    @Test
    void compileRefusesNoCache() {
        var err = new StringWriter();
        assertThat(Main.execute(new StringWriter(), err, "compile", "--no-cache", ECHO))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("airlock: --no-cache stores nothing");
        assertThat(Main.execute(new StringWriter(), err, "compile")).isEqualTo(2);
        assertThat(Main.execute(new StringWriter(), err, "compile", "none.wasm"))
                .isEqualTo(125);
    }
}
