package dev.airlock.cli;

import dev.airlock.program.Invocation;
import dev.airlock.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a WASI program with the standard streams of this process. */
@Command(
        name = "run",
        description = {
            "Runs a WASI program. Its standard streams and its exit code are this command's.",
            "",
            "It gets its arguments and what the options give it, and nothing else: no files, no environment. Options of"
                    + " this command stand before GUEST; all that follows it is the guest's."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock run greet.wasm Ada                       the guest gets the argument Ada",
            "  airlock run greet.wasm --loud                    --loud is the guest's too",
            "  airlock run --env LANG=en --env HOME greet.wasm  LANG as given, HOME as it is here",
            "  airlock run --dir . sort.wasm names.txt          the guest may use this folder",
            "  airlock run --dir out::/data gen.wasm            it sees the folder out as /data"
        })
final class RunCommand extends GuestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Gives the guest a variable of the environment; without a value, this process's.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST]",
            description = "Lets the guest read and write a folder, by the name GUEST, or else by the name it has here.")
    private List<String> dirs = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "GUEST", description = "The program: a .wasm file.")
    private Path guest;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "The guest's arguments. One -- in front is dropped.")
    private List<String> args = new ArrayList<>();

    @Override
    public Integer call() {
        Invocation invocation =
                Program.of(compile(guest)).invocation().inheritStdio().args(guestArgs());
        for (String variable : env) {
            addVariable(invocation, variable);
        }
        for (String dir : dirs) {
            int separator = dir.indexOf("::");
            String host = separator < 0 ? dir : dir.substring(0, separator);
            invocation.preopenedDir(Path.of(host), separator < 0 ? dir : dir.substring(separator + 2));
        }
        return invocation.run().exitCode();
    }

    private List<String> guestArgs() {
        return !args.isEmpty() && args.get(0).equals("--") ? args.subList(1, args.size()) : args;
    }

    private void addVariable(Invocation invocation, String variable) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
            invocation.env(variable.substring(0, equals), variable.substring(equals + 1));
            return;
        }
        String value = System.getenv(variable);
        if (value == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--env " + variable + ": no value is given, and there is no such variable here");
        }
        invocation.env(variable, value);
    }
}
