package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.cli.Shell.Done;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();

    @TempDir
    private Path folder;

    private static Done run(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var args = new java.util.ArrayList<>(java.util.List.of("run", "--no-cache"));
        args.addAll(java.util.List.of(options));
        args.add(ECHO);
        int exitCode = Main.execute(out, err, args.toArray(String[]::new));
        return new Done(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a::/x:rw   | only :ro may follow the guest's name for the folder, not :rw",
                "a::/x:     | only :ro may follow the guest's name for the folder, not :",
                "a::/x::/y  | only :ro may follow the guest's name for the folder, not ::/y",
                "a::/x:ro:ro | only :ro may follow the guest's name for the folder, not :ro",
                "a::/x:RO   | only :ro may follow the guest's name for the folder, not :RO",
                "a:rw       | there is no folder a:rw; only :ro may follow a folder's name",
                "a:/x       | there is no folder a:/x; two colons separate a folder and its name in the guest: a::/x",
                "a:/x:ro    | there is no folder a:/x; two colons separate a folder and its name in the guest: a::/x",
                "''         | the folder's name is missing",
                ":ro        | the folder's name is missing",
                "::/x       | the folder's name is missing",
                "a::        | the folder's name in the guest is missing after the two colons",
                "a:::ro     | the folder's name in the guest is missing after the two colons",
            })
    void aFolderHasOneNotation(String dir, String problem) {
        assertThatThrownBy(() -> FolderGrant.parse(dir))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
        Done done = run("--dir=" + dir);
        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.err()).startsWith("airlock: --dir " + dir + ": " + problem);
    }

    @Test
    void eachTypeHasItsForm() {
        Path host = Path.of(".");
        assertThat(FolderGrant.parse(".")).isEqualTo(new FolderGrant(host, ".", false));
        assertThat(FolderGrant.parse(".:ro")).isEqualTo(new FolderGrant(host, ".", true));
        assertThat(FolderGrant.parse(".::/x")).isEqualTo(new FolderGrant(host, "/x", false));
        assertThat(FolderGrant.parse(".::/x:ro")).isEqualTo(new FolderGrant(host, "/x", true));
        assertThat(FolderGrant.parse("a:b::/x")).isEqualTo(new FolderGrant(Path.of("a:b"), "/x", false));
    }

    @Test
    void aFolderWithAColonInItsNameIsNotGuessed() throws IOException {
        Path colon = Files.createDirectory(folder.resolve("a:b"));
        assertThat(FolderGrant.parse(colon.toString()).host()).isEqualTo(colon);
        Path both = Files.createDirectory(folder.resolve("c:ro"));
        assertThatThrownBy(() -> FolderGrant.parse(both.toString()))
                .hasMessageContaining("there is a folder with exactly this name: " + both + "::NAME gives that one");
        assertThat(FolderGrant.parse(both + "::/c").host()).isEqualTo(both);
    }

    @Test
    void twoFoldersHaveTwoNames() {
        Done done = run("--dir", ".::/x", "--dir", folder + "::/x");
        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.err()).contains("the name /x is already used for the folder .\n");
    }

    @Test
    void errorsAreReportedBeforeAGuestIsRead() {
        var err = new StringWriter();
        for (String[] option :
                new String[][] {{"--dir", "a::/x:rw"}, {"--env", "=1"}, {"--listen", "x"}, {"--timeout", "1"}}) {
            for (String command : new String[] {"run", "call"}) {
                err.getBuffer().setLength(0);
                int exitCode = Main.execute(new StringWriter(), err, command, option[0], option[1], "none.wasm", "f()");
                assertThat(exitCode).as(err.toString()).isEqualTo(2);
                assertThat(err.toString()).startsWith("airlock: " + option[0] + " " + option[1] + ": ");
            }
        }
        assertThat(Main.execute(new StringWriter(), err, "run", "--dir", folder + "/none", "none.wasm"))
                .isEqualTo(125);
        assertThat(err.toString()).endsWith(": there is no folder " + folder + "/none\n");
    }

    @ParameterizedTest
    @CsvSource({"'=x'", "''", "'='"})
    void aVariableHasAName(String variable) {
        Done done = run("--env=" + variable);
        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.err()).startsWith("airlock: --env " + variable + ": the variable's name is missing");
    }

    @Test
    void variablesOfAFileAreUnchanged() throws IOException {
        Path file = Files.writeString(
                folder.resolve("env"),
                "\ufeff# made by hand\r\nA=1\r\n\n  \nB=two words # and no comment\nC=x=y\nD=\nPATH\nE={\"a\": 1}\n");
        assertThat(EnvFile.read(file))
                .containsExactly("A=1", "B=two words # and no comment", "C=x=y", "D=", "PATH", "E={\"a\": 1}");
        Done done =
                Shell.airlock("", "run", "--no-cache", "--env-file", file.toString(), "--env", "A=later", ECHO, "env");
        assertThat(done.out().lines())
                .containsExactlyInAnyOrder(
                        "A=later",
                        "B=two words # and no comment",
                        "C=x=y",
                        "D=",
                        "PATH=" + System.getenv("PATH"),
                        "E={\"a\": 1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "export A=1 | line 2: \"export\" is a word of the shell: leave it out",
                "A = 1      | line 2: expected NAME=VALUE, without spaces around the name",
                "=1         | line 2: expected NAME=VALUE, without spaces around the name",
                "A=\"1\"    | line 2: the quotes around A would be part of its value",
                "A='1'      | line 2: the quotes around A would be part of its value",
                "NO_SUCH_VARIABLE_HERE | NO_SUCH_VARIABLE_HERE: no value is given, and this process has no such variable",
            })
    void aLineThatIsNotAVariableIsRefused(String line, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("env"), "X=1\n" + line + "\n");
        Done done = run("--env-file", file.toString());
        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.err()).startsWith("airlock: --env-file " + file + ": " + problem);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        assertThat(run("--env-file", folder + "/none").err())
                .startsWith("airlock: --env-file " + folder + "/none: no such file\n");
        Path latin = Files.write(folder.resolve("latin"), "A=é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("--env-file", latin.toString()).err()).contains(": the file is not UTF-8\n");
    }
}
