package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();

    @Test
    void standardStreamsAreTheGuests() {
        Done done = Shell.airlock(
                "{\"name\":\"Grüße\",\"num\":2}",
                "run",
                "--no-cache",
                Shell.GUESTS.resolve("rust/repeat.wasm").toString());
        assertThat(done).isEqualTo(new Done(0, "{\"names\":[\"Grüße\",\"Grüße\"]}\n", ""));
        Done toErr = Shell.airlock("words", "run", "--no-cache", ECHO, "stderr");
        assertThat(toErr).isEqualTo(new Done(0, "", "words"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 125, 255})
    void theExitCodeIsTheGuests(int code) {
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "exit", "" + code))
                .isEqualTo(new Done(code, "", ""));
    }

    @Test
    void allThatFollowsTheGuestIsTheGuests() {
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "args", "--env", "A=b", "--help", "@none", "--")
                        .out())
                .isEqualTo("echo.wasm\nargs\n--env\nA=b\n--help\n@none\n--\n");
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "--", "args", "--", "é")
                        .out())
                .isEqualTo("echo.wasm\nargs\n--\né\n");
    }

    @Test
    void theEnvironmentIsWhatIsGiven() {
        assertThat(Shell.airlock("", "run", "--no-cache", "--env", "A=1=2", "--env", "B=", "--env", "PATH", ECHO, "env")
                        .out()
                        .lines())
                .containsExactly("A=1=2", "B=", "PATH=" + System.getenv("PATH"));
        Done missing = Shell.airlock("", "run", "--env", "NO_SUCH_VARIABLE_HERE", ECHO, "env");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).startsWith("airlock: --env NO_SUCH_VARIABLE_HERE: no value is given");
    }

    @Test
    void importsThatAreNotHereMayTrap() {
        String unmet = Shell.GUESTS.resolve("wat/unmet.wasm").toString();
        assertThat(Shell.airlock("", "run", "--no-cache", unmet)).isEqualTo(new Done(125, "", """
                airlock: unmet.wasm: 2 imports cannot be linked
                  env.missing is not defined: it has to be func (i32)
                  env.lookup is not defined: it has to be func (externref) -> externref
                --unknown-imports trap runs it all the same, until it calls one of them
                """));
        assertThat(Shell.airlock("", "run", "--no-cache", "--unknown-imports", "trap", unmet))
                .isEqualTo(
                        new Done(
                                134,
                                "",
                                "airlock: the guest called env.missing, which is not defined, in work < _start of unmet.wasm\n"));
    }

    @Test
    void foldersAreThoseGiven(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.txt"), "inside");
        String read = folder + "::/data";
        assertThat(Shell.airlock("", "run", "--no-cache", "--dir", read, ECHO, "read", "/data/a.txt")
                        .out())
                .isEqualTo("inside");
        assertThat(Shell.airlock("", "run", "--no-cache", "--dir", folder.toString(), ECHO, "ls", folder.toString())
                        .out())
                .isEqualTo("a.txt\n");
        assertThat(Shell.airlock(
                                "",
                                "run",
                                "--no-cache",
                                ECHO,
                                "read",
                                folder.resolve("a.txt").toString())
                        .exitCode())
                .isEqualTo(1);
        Done noSuch = Shell.airlock(
                "", "run", "--no-cache", "--dir", folder.resolve("none").toString(), ECHO, "env");
        assertThat(noSuch.exitCode()).isEqualTo(125);
        assertThat(noSuch.err()).contains("there is no folder").hasLineCount(1);
    }

    @Test
    void aFolderForReadingIsNotWrittenTo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.txt"), "inside");
        for (String grant : new String[] {folder + "::/data:ro", folder + ":ro"}) {
            String guest = grant.contains("::") ? "/data" : folder.toString();
            assertThat(Shell.airlock("", "run", "--no-cache", "--dir", grant, ECHO, "read", guest + "/a.txt")
                            .out())
                    .isEqualTo("inside");
            Done refused =
                    Shell.airlock("", "run", "--no-cache", "--dir", grant, ECHO, "write", guest + "/a.txt", "changed");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).isEqualTo(guest + "/a.txt: Read-only file system\n");
        }
        assertThat(folder.resolve("a.txt")).hasContent("inside");
    }

    @Test
    void theWholeEnvironmentIsInheritedOnRequest() {
        assertThat(Shell.airlock("", "run", "--no-cache", "--env-inherit", "--env", "A=own", ECHO, "env")
                        .out()
                        .lines())
                .contains("A=own", "PATH=" + System.getenv("PATH"));
    }

    @Test
    void anAddressToListenAtIsChecked() {
        for (String address : new String[] {"nowhere", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", ":80"}) {
            Done done = Shell.airlock("", "run", "--no-cache", "--listen", address, ECHO, "env");
            assertThat(done.exitCode()).as(address).isEqualTo(2);
            assertThat(done.err()).startsWith("airlock: --listen " + address + ": ");
        }
        assertThat(Shell.airlock("", "run", "--no-cache", "--listen", "127.0.0.1:0", ECHO, "env"))
                .isEqualTo(new Done(0, "", ""));
    }

    @Test
    void aTraceHasALineForEachCallAndLeavesTheOutputAlone() {
        Done done = Shell.airlock("", "run", "--no-cache", "--trace", ECHO, "args", "x");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).isEqualTo("echo.wasm\nargs\nx\n");
        assertThat(done.err().lines())
                .anyMatch(line -> line.matches("args_sizes_get\\(\\) = argc=3, argv_buf_size=17 <[0-9.]+ µs>"))
                .anyMatch(line -> line.matches("fd_write\\(fd=1, iovs=9 bytes\\) = size=9 <[0-9.]+ µs>"));
    }

    @Test
    void aTrapIsTwoLinesAndHasItsExitCode() {
        Done done = Shell.airlock("", "run", "--no-cache", ECHO, "trap");
        assertThat(done.exitCode()).isEqualTo(134);
        assertThat(done.out()).isEmpty();
        assertThat(done.err()).startsWith("airlock: unreachable, in ").hasLineCount(1);
        assertThat(Shell.airlock("", "run", "--no-cache", "--verbose", ECHO, "trap")
                        .err())
                .contains("\n\tat wasm.");
    }

    @Test
    void whatCannotBeRunSaysWhy(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThat(Shell.airlock("", "run", text.toString()))
                .isEqualTo(new Done(
                        125,
                        "",
                        "airlock: notes.txt, byte 0: not WebAssembly: the first four bytes have to be"
                                + " 00 61 73 6d (\\0asm)\n"));
        assertThat(Shell.airlock("", "run", folder.resolve("none.wasm").toString())
                        .err())
                .isEqualTo("airlock: " + folder.resolve("none.wasm") + ": no such file\n");
        Done library = Shell.airlock(
                "", "run", Shell.GUESTS.resolve("wat/numbers.wasm").toString());
        assertThat(library.exitCode()).isEqualTo(125);
        assertThat(library.err()).startsWith("airlock: numbers.wasm is no program");
    }

    @Test
    void compiledCodeIsKeptWhereTheEnvironmentSays(@TempDir Path folder) throws IOException {
        Path cache = folder.resolve("cache");
        var command = new java.util.ArrayList<>(java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                ECHO,
                "exit",
                "3"));
        for (int i = 0; i < 2; i++) {
            Done done = Shell.run(folder, java.util.Map.of("AIRLOCK_CACHE", cache.toString()), "", command);
            assertThat(done).isEqualTo(new Done(3, "", ""));
            try (var files = Files.list(cache)) {
                assertThat(files.count()).isEqualTo(1);
            }
        }
    }
}
