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
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher script with the packaged command. */
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
        // JUnit warns of a link that leads out of the folder that it deletes.
        Files.delete(direct);
    }

    @Test
    void argumentsWithSpacesStayWhole() {
        assertThat(echo(SCRIPT, "args", "a b", "", "*").out()).isEqualTo("echo.wasm\nargs\na b\n\n*\n");
    }

    /** Runs a shell, whose text may close streams. */
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
    void writingToAClosedOutputFailsInTheGuest() {
        assertThat(redirected(">&-", "cat")).isEqualTo(new Done(1, "", "write: Bad file descriptor\n"));
        assertThat(redirected("", "stderr")).isEqualTo(new Done(0, "", "from the pipe"));
        assertThat(redirected("2>&-", "stderr")).isEqualTo(new Done(1, "", ""));
        assertThat(redirected("<&- >&- 2>&-", "cat")).isEqualTo(new Done(0, "", ""));
    }

    @Test
    void aMissingJavaIsReported() {
        Done done = Shell.run(
                folder,
                Map.of("JAVA_HOME", folder.resolve("none").toString()),
                "",
                List.of(SCRIPT.toString(), "--version"));
        assertThat(done)
                .isEqualTo(new Done(125, "", "airlock: no java found: set JAVA_HOME to a JDK, version 17 or later\n"));
    }

    /** A line for a shell, in which $0 is the launcher and $1 the folder of guests. */
    private Done shell(String shell, String line, String stdin) {
        return Shell.run(
                folder, THIS_JDK, stdin, List.of(shell, "-c", line, SCRIPT.toString(), Shell.GUESTS.toString()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void losingResultsIsAFailure() {
        for (String command :
                List.of("call $1/wat/numbers.wasm 'add(1, 2)'", "inspect $1/wat/numbers.wasm", "--help")) {
            assertThat(shell("sh", "$0 " + command + " >/dev/full", ""))
                    .isEqualTo(new Done(74, "", "airlock: cannot write to standard output: No space left on device\n"));
            assertThat(shell("sh", "$0 " + command + " >&-", ""))
                    .isEqualTo(new Done(74, "", "airlock: cannot write to standard output: it is closed\n"));
            assertThat(shell("sh", "$0 " + command + " >/dev/full 2>&-", "")).isEqualTo(new Done(74, "", ""));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aReaderThatStopsEndsTheCommandQuietly() {
        Done done = shell(
                "bash",
                "$0 call $1/wat/numbers.wasm 'add(1, 2)' 'add(3, 4)' | true;"
                        + " echo ${PIPESTATUS[0]}; $0 inspect --json $1/go/kit.wasm | head -n 1; echo ${PIPESTATUS[1]}",
                "");
        assertThat(done).isEqualTo(new Done(0, "141\n{\n0\n", ""));
    }

    @Test
    void theGuestMayComeThroughAPipe() {
        assertThat(shell("sh", "$0 run - args x <$1/c/echo.wasm", "")).isEqualTo(new Done(0, "stdin\nargs\nx\n", ""));
        assertThat(shell("sh", "cat $1/c/echo.wasm | $0 - cat", "in")).isEqualTo(new Done(0, "", ""));
        assertThat(shell("sh", "cat $1/wat/numbers.wasm | $0 call /dev/stdin 'add(1, 2)'", ""))
                .isEqualTo(new Done(0, "3\n", ""));
        assertThat(shell("bash", "$0 <(cat $1/c/echo.wasm) cat", "in")).isEqualTo(new Done(0, "in", ""));
        assertThat(shell("bash", "$0 inspect --wit <(cat $1/components/wat/types-only.wasm)", "")
                        .out())
                .startsWith("package root:component;\n");
        assertThat(shell("sh", "gzip -c $1/c/echo.wasm | $0 - cat", ""))
                .isEqualTo(
                        new Done(
                                125,
                                "",
                                "airlock: stdin: this is compressed by gzip: unpack it first, as in 'gunzip | airlock run -'\n"));
    }

    /** Runs a command under script of util-linux, which makes all its streams a terminal. */
    private Done terminal(String line) {
        return shell("sh", "script -qec \"" + line + "\" /dev/null </dev/null", "");
    }

    @Test
    @EnabledIf("hasScript")
    void onlyTerminalsShowProgressAndColours() {
        String compile = "$0 run --no-cache $1/go/words.wasm </dev/null";
        assertThat(terminal(compile).out())
                .containsPattern("\r\u001b\\[Kcompiling words.wasm: [0-9,]+ of 1,684 functions, [0-9]+ s")
                .doesNotContain("functions, 0 s\r\n");
        assertThat(terminal(compile.replace("run", "run --quiet")).out()).doesNotContain("compiling");
        assertThat(terminal(compile + " 2>$1/../cli/target/err").out()).doesNotContain("compiling");
        assertThat(shell("sh", compile, "").err()).doesNotContain("compiling");
        assertThat(terminal("$0 --help").out()).contains("\u001b[");
        assertThat(terminal("NO_COLOR=1 $0 --help").out()).doesNotContain("\u001b[");
        assertThat(terminal("$0 nothing").out()).contains("\u001b[").contains("airlock:");
        assertThat(terminal("TERM=dumb $0 nothing").out()).doesNotContain("\u001b[");
        assertThat(shell("sh", "$0 --help; $0 nothing", "")).satisfies(done -> {
            assertThat(done.out()).doesNotContain("\u001b");
            assertThat(done.err()).doesNotContain("\u001b");
        });
    }

    static boolean hasScript() {
        return Files.exists(Path.of("/usr/bin/script"))
                && System.getProperty("os.name").equals("Linux");
    }

    /** Calls the script directly, which makes bash's compopt print a complaint. */
    @Test
    @EnabledIf("hasBash")
    void completionWorksInBash() {
        Done done = shell(
                "bash",
                "source <($0 completion) && COMP_WORDS=(airlock inspect --w) COMP_CWORD=2 && _complete_airlock 2>/dev/null"
                        + " && echo ${COMPREPLY[@]}; COMP_WORDS=(airlock co) COMP_CWORD=1; _complete_airlock 2>/dev/null; echo ${COMPREPLY[@]}",
                "");
        assertThat(done).isEqualTo(new Done(0, "--wit\ncompile completion\n", ""));
    }

    static boolean hasBash() {
        return Files.exists(Path.of("/bin/bash"));
    }

    @Test
    void anArchiveOfClassesIsUsed() throws IOException {
        shell("sh", "$0 --version", "");
        Path archives = SCRIPT.resolveSibling("cli").resolve("target").resolve("cds");
        try (var files = Files.list(archives)) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    /** The two launchers are for different systems, and start the same JVM. */
    @Test
    void theLauncherForWindowsHasTheSameFlags() throws IOException {
        String cmd = Files.readString(SCRIPT.resolveSibling("airlock.cmd"));
        assertThat(flags(cmd)).isNotEmpty().isEqualTo(flags(Files.readString(SCRIPT)));
        assertThat(cmd.lines()
                        .filter(line -> line.startsWith("goto ") || line.contains(" goto "))
                        .map(line -> line.replaceAll(".*goto ", "").strip()))
                .allSatisfy(label -> assertThat(cmd.lines()).contains(":" + label));
    }

    private static List<String> flags(String launcher) {
        return java.util.regex.Pattern.compile("-X[A-Za-z:+-]+[a-zA-Z0-9]+")
                .matcher(launcher.lines()
                        .filter(line -> line.contains("-Xshare"))
                        .findFirst()
                        .orElse(""))
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }
}
