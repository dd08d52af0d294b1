package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RunCommandTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();

    @Test
    void theGuestUsesTheStandardStreams() {
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
    void theGuestsExitCodeIsPassedOn(int code) {
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "exit", "" + code))
                .isEqualTo(new Done(code, "", ""));
    }

    @Test
    void everythingAfterTheGuestIsPassedToIt() {
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "args", "--env", "A=b", "--help", "@none", "--")
                        .out())
                .isEqualTo("echo.wasm\nargs\n--env\nA=b\n--help\n@none\n--\n");
        assertThat(Shell.airlock("", "run", "--no-cache", ECHO, "--", "args", "--", "é")
                        .out())
                .isEqualTo("echo.wasm\nargs\n--\né\n");
    }

    @Test
    void aGuestSeesOnlyTheVariablesItIsGiven() {
        assertThat(Shell.airlock("", "run", "--no-cache", "--env", "A=1=2", "--env", "B=", "--env", "PATH", ECHO, "env")
                        .out()
                        .lines())
                .containsExactly("A=1=2", "B=", "PATH=" + System.getenv("PATH"));
        Done missing = Shell.airlock("", "run", "--env", "NO_SUCH_VARIABLE_HERE", ECHO, "env");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).startsWith("airlock: --env NO_SUCH_VARIABLE_HERE: no value is given");
    }

    @Test
    void missingImportsMayTrap() {
        String unmet = Shell.GUESTS.resolve("wat/unmet.wasm").toString();
        assertThat(Shell.airlock("", "run", "--no-cache", unmet)).isEqualTo(new Done(125, "", """
                airlock: unmet.wasm: 2 imports cannot be linked
                  env.missing is not defined: it has to be func (i32)
                  env.lookup is not defined: it has to be func (externref) -> externref
                --unknown-imports trap runs it until it calls one of them
                """));
        assertThat(Shell.airlock("", "run", "--no-cache", "--unknown-imports", "trap", unmet))
                .isEqualTo(
                        new Done(
                                134,
                                "",
                                "airlock: the guest called env.missing, which is not defined, in work < _start of unmet.wasm\n"));
    }

    @Test
    void aGuestSeesOnlyTheFoldersItIsGiven(@TempDir Path folder) throws IOException {
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
    void aReadOnlyFolderCannotBeWritten(@TempDir Path folder) throws IOException {
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
    void listenAddressesAreChecked() {
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
    void guestsThatCannotBeRunAreRefusedWithAReason(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThat(Shell.airlock("", "run", text.toString()))
                .isEqualTo(new Done(
                        125,
                        "",
                        "airlock: " + text
                                + ": this is not WebAssembly, which starts with the bytes 00 61 73 6d (\\0asm)\n"));
        assertThat(Shell.airlock("", "run", folder.resolve("none.wasm").toString())
                        .err())
                .isEqualTo("airlock: " + folder.resolve("none.wasm") + ": no such file\n");
        Done library = Shell.airlock(
                "", "run", Shell.GUESTS.resolve("wat/numbers.wasm").toString());
        assertThat(library.exitCode()).isEqualTo(125);
        assertThat(library.err())
                .isEqualTo(
                        "airlock: numbers.wasm is a library, not a program: it exports no function _start;"
                                + " 'airlock call' calls its functions: add, add64, addf32, addf64, swap, many, nothing, id32, …\n");
    }

    @Test
    void compiledCodeIsStoredInTheFolderOfTheEnvironment(@TempDir Path folder) throws IOException {
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

    /** The library has an invalid function body, so compiling it would fail; the message must come without that. */
    @Test
    void aLibraryIsRefusedWithoutCompilingIt(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(Shell.GUESTS.resolve("wat/numbers.wasm"));
        int code = indexOf(bytes, new byte[] {0x20, 0, 0x20, 1, 0x6a, 0x0b});
        bytes[code + 4] = (byte) 0xff;
        Path library = Files.write(folder.resolve("library.wasm"), bytes);
        var err = new java.io.StringWriter();
        assertThat(Main.execute(new java.io.StringWriter(), err, "run", "--no-cache", library.toString()))
                .isEqualTo(125);
        assertThat(err.toString()).startsWith("airlock: library.wasm is a library, not a program");
        assertThat(Main.execute(new java.io.StringWriter(), err, "inspect", "--no-cache", library.toString()))
                .isEqualTo(125);
        assertThat(err.toString()).contains("opcode");
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aPluginOfAnotherHostIsNamed() {
        String extism = Shell.GUESTS.resolve("wat/extism.wasm").toString();
        Done done = Shell.airlock("", "call", "--no-cache", extism, "greet()");
        assertThat(done)
                .isEqualTo(
                        new Done(
                                125,
                                "",
                                "airlock: extism.wasm is a plug-in for Extism (by 3 of its 3 imports): it takes values through"
                                        + " Extism's host functions: run it with an Extism SDK, or build it without Extism's PDK\n"));
        assertThat(Shell.airlock("", "call", "--no-cache", extism, "greet()", "--unknown-imports", "trap")
                        .exitCode())
                .isEqualTo(134);
        assertThat(Shell.airlock("", "inspect", "--no-cache", extism).out())
                .contains("  another host, since it is a plug-in for Extism: ");
    }

    @ParameterizedTest
    @CsvSource({
        "c/echo.wasm, read /etc/passwd, Capabilities insufficient",
        "c/walk.wasm, /etc, Capabilities insufficient",
        "go/words.wasm, /etc, Bad file number",
        "rust/copy.wasm, a b, failed to find a pre-opened file descriptor"
    })
    void aFileThatIsNotFoundWithoutAFolderHasAHint(String guest, String args, String words) {
        var command = new java.util.ArrayList<>(java.util.List.of(
                "run", "--no-cache", Shell.GUESTS.resolve(guest).toString()));
        command.addAll(java.util.List.of(args.split(" ")));
        Done done = Shell.airlock("", command.toArray(String[]::new));
        assertThat(done.err())
                .contains(words)
                .endsWith(
                        "\nairlock: the guest was given no folder: --dir . gives it the current one, --dir HOST::GUEST one under"
                                + " another name\n");
        command.add(1, "--quiet");
        assertThat(Shell.airlock("", command.toArray(String[]::new)).err())
                .contains(words)
                .doesNotContain("airlock:");
    }

    @Test
    void aFileOutsideTheFoldersHasAnotherHint() {
        Done done = Shell.airlock("", "run", "--no-cache", "--dir", ".::/data", ECHO, "read", "/etc/passwd");
        assertThat(done.err()).endsWith("airlock: the guest sees only these folders, under these names: /data\n");
        assertThat(Shell.airlock("", "run", "--no-cache", "--dir", ".::/data", ECHO, "read", "/data/none")
                        .err())
                .isEqualTo("/data/none: No such file or directory\n");
        assertThat(Shell.airlock("Capabilities insufficient", "run", "--no-cache", ECHO, "stderr")
                        .err())
                .as("it ended well")
                .isEqualTo("Capabilities insufficient");
    }
}
