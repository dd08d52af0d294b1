package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.cli.Shell.Done;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Tests which command a command line selects. */
class RoutingTest {
    private static final String ECHO = Shell.GUESTS.resolve("c/echo.wasm").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int airlock(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.execute(out, err, args);
    }

    @Test
    void aGuestAloneIsRun() {
        assertThat(Shell.airlock("", ECHO, "args", "--help", "x"))
                .isEqualTo(new Done(0, "echo.wasm\nargs\n--help\nx\n", ""));
        assertThat(Shell.airlock("", "--no-cache", "--env", "A=b", ECHO, "env")).isEqualTo(new Done(0, "A=b\n", ""));
        assertThat(airlock("none.wasm")).isEqualTo(125);
        assertThat(err.toString()).isEqualTo("airlock: none.wasm: no such file\n");
    }

    @Test
    void aMistypedCommandIsNotAGuest() {
        assertThat(airlock("inspekt")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: airlock inspect?");
        assertThat(airlock("")).isEqualTo(2);
    }

    @Test
    void anOptionOfAnotherCommandIsNamed() {
        assertThat(airlock("--json", ECHO)).isEqualTo(2);
        assertThat(err.toString()).endsWith("--json is an option of inspect: write it after that command.\n");
    }

    @Test
    void helpIsACommand() {
        assertThat(airlock("help", "run")).isZero();
        String help = out.toString();
        assertThat(airlock("run", "--help")).isZero();
        assertThat(out.toString()).isEqualTo(help).startsWith("Usage: airlock run ");
        assertThat(airlock("help")).isZero();
        assertThat(out.toString()).startsWith("Usage: airlock [OPTIONS of run] GUEST [ARGS...]\n");
        assertThat(airlock("help", "nothing")).isEqualTo(2);
    }

    @Test
    void noLineOfHelpIsWiderThanATerminal() {
        for (String command : new String[] {"run", "call", "inspect", "compile", "completion", "help"}) {
            assertThat(airlock("help", command)).isZero();
            assertThat(out.toString().lines()).as(command).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void optionsOfInspectMayFollowTheGuest() {
        assertThat(airlock("inspect", "--no-cache", ECHO, "--json")).isZero();
        assertThat(out.toString()).startsWith("{");
    }

    @Test
    void completionIsForThisCommand() {
        assertThat(airlock("completion")).isZero();
        assertThat(out.toString()).contains("complete -F _complete_airlock -o default airlock", "--unknown-imports");
    }
}
