package dev.airlock.cli;

import java.io.File;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code airlock} command with its subcommands. */
@Command(
        name = "airlock",
        description = "Runs WebAssembly guests, calls their functions, and shows what they are.",
        customSynopsis = {"airlock [OPTIONS of run] GUEST [ARGS...]", "       airlock COMMAND [OPTIONS] ..."},
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {
            RunCommand.class,
            CallCommand.class,
            InspectCommand.class,
            CompileCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes, besides the guest's own:%n",
        exitCodeList = {
            "2:the command line is wrong: an option, a call, a signature",
            "74:a result could not be written to standard output",
            "122:the guest asked for more memory than --max-memory or the default allows",
            "123:the guest wrote more than --max-output",
            "124:the guest ran for longer than --timeout",
            "125:the guest cannot be run: no such file, not WebAssembly, missing imports, no such function",
            "134:the guest trapped, or passed another limit",
            "141:the reader of standard output, such as head, stopped reading"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock hello.wasm                          runs a WASI program: short for airlock run",
            "  echo '{\"n\":1}' | airlock run answer.wasm     uses this command's input and output",
            "  airlock run --dir data::/data tool.wasm -v  gives the guest a folder and the argument -v",
            "  airlock call math.wasm 'add(1, 2)'          calls a function of a library: prints 3",
            "  airlock inspect hello.wasm                  shows what it needs and exports",
            "",
            "GUEST is a .wasm file, a pipe, or - for standard input."
        })
public final class Main implements Runnable {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    private Main(Streams streams) {
        this.streams = streams;
    }

    public static void main(String[] args) {
        // Numbers are printed alike on every machine.
        Locale.setDefault(Locale.ROOT);
        System.exit(execute(Streams.ofProcess(), args));
    }

    static int execute(Writer out, Writer err, String... args) {
        return execute(new Streams(out, err, Terminals.NONE), args);
    }

    static int execute(Streams streams, String... args) {
        CommandLine command = commandLine(streams);
        int code;
        try {
            code = command.execute(withCommand(command, args));
        } catch (OutOfMemoryError e) {
            streams.say(
                    "the Java heap is full (" + e.getMessage() + "): set a larger one with JAVA_TOOL_OPTIONS=-Xmx4g");
            code = Failures.CANNOT_RUN;
        }
        return streams.exitCode(code);
    }

    static CommandLine commandLine(Streams streams) {
        CommandLine command = new CommandLine(new Main(streams))
                .setOut(streams.out())
                .setErr(streams.err())
                .setColorScheme(streams.colours())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(Failures::wrongUsage);
        // Everything after the program belongs to the program, even if it looks like an option.
        sub(command, "run").setStopAtPositional(true);
        // A call may be written as words by mistake, and negative numbers among them look like options.
        sub(command, "call").setUnmatchedOptionsArePositionalParams(true);
        return command;
    }

    private static CommandLine sub(CommandLine command, String name) {
        return Objects.requireNonNull(command.getSubcommands().get(name), name);
    }

    /** Inserts {@code run} if the command line starts with a guest or with an option of {@code run}. */
    private static String[] withCommand(CommandLine command, String[] args) {
        if (args.length == 0
                || command.getSubcommands().containsKey(args[0])
                || command.getCommandSpec().optionsMap().containsKey(args[0])) {
            return args;
        }
        boolean isOption = args[0].startsWith("-") && args[0].length() > 1;
        boolean runs = isOption ? options(sub(command, "run")).containsKey(optionName(args[0])) : isGuest(args[0]);
        if (!runs) {
            return args;
        }
        String[] all = new String[args.length + 1];
        all[0] = "run";
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }

    private static Map<String, ?> options(CommandLine command) {
        return command.getCommandSpec().optionsMap();
    }

    private static String optionName(String arg) {
        int equals = arg.indexOf('=');
        return equals < 0 ? arg : arg.substring(0, equals);
    }

    /** Returns whether an argument is a file's name, and not a mistyped command: the file exists or the name looks like one. */
    private static boolean isGuest(String arg) {
        return arg.equals("-")
                || arg.indexOf('.') >= 0
                || arg.indexOf('/') >= 0
                || arg.indexOf(File.separatorChar) >= 0
                || (!arg.isEmpty() && new File(arg).exists());
    }

    /** Returns the commands that have an option, for a hint; empty if none has. */
    static String commandsWith(CommandLine command, String option) {
        return command.getSubcommands().entrySet().stream()
                .filter(sub -> options(sub.getValue()).containsKey(optionName(option)))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" and "));
    }

    Streams streams() {
        return streams;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a guest or a command is needed: airlock GUEST, or run, call, inspect or compile");
    }
}
