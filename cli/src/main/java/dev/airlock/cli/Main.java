package dev.airlock.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command as a whole. */
@Command(
        name = "airlock",
        description = "Runs WebAssembly guests, calls their functions, and says what they are.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {RunCommand.class, CallCommand.class, InspectCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock run hello.wasm                      runs a WASI program",
            "  echo '{\"n\":1}' | airlock run answer.wasm     its input and output are yours",
            "  airlock run --dir data::/data tool.wasm -v  gives it a folder, and an argument of its own",
            "  airlock call math.wasm 'add(1, 2)'          calls a function of a library: prints 3",
            "  airlock inspect hello.wasm                  says what it needs and offers",
            "",
            "Exit codes:",
            "  the guest's own, where it ends by itself",
            "  2    the command line is wrong: an option, a call, a signature",
            "  122  the guest asked for more memory than --max-memory, or than it may have by default",
            "  123  the guest wrote more than --max-output",
            "  124  the guest ran for longer than --timeout",
            "  125  the guest cannot be run: no such file, no module, missing imports, no such function",
            "  134  the guest trapped, or passed another limit"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                // What follows the guest is the guest's, whatever it looks like.
                .setStopAtPositional(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(Failures::wrongUsage)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: run, call or inspect");
    }
}
