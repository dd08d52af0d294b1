package dev.airlock.cli;

import dev.airlock.error.AirlockException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.WitException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a failure in a line or two on standard error, and as an exit code. */
final class Failures implements IExecutionExceptionHandler {
    static final int WRONG_USAGE = 2;

    /** EX_IOERR of sysexits.h. */
    static final int OUTPUT_LOST = 74;

    /** The exit code of the command {@code timeout}. The codes 122, 123 and 125 are Airlock's choice. */
    static final int TIMED_OUT = 124;

    static final int TOO_MUCH_OUTPUT = 123;
    static final int TOO_MUCH_MEMORY = 122;
    static final int CANNOT_RUN = 125;

    /** 128 plus SIGABRT, as in wasmtime: what a shell reports for a native program that aborts. */
    static final int TRAPPED = 134;

    /** 128 plus SIGPIPE: what a shell reports for a native program whose reader has stopped reading. */
    static final int BROKEN_PIPE = 141;

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof Streams.OutputException) {
            return OUTPUT_LOST;
        }
        boolean expected = e instanceof AirlockException
                || e instanceof IllegalArgumentException
                || e instanceof UncheckedIOException;
        Streams streams = Streams.of(command.getCommandSpec());
        streams.say(e.getMessage() == null ? e.toString() : e.getMessage());
        GuestCommand guest = command.getCommand() instanceof GuestCommand given ? given : null;
        if (guest != null) {
            guest.hints(e).forEach(streams.err()::println);
        }
        if (!expected || guest != null && guest.isVerbose()) {
            e.printStackTrace(streams.err());
        }
        if (e instanceof WitException) {
            return WRONG_USAGE;
        }
        if (e instanceof LimitException over) {
            return exitCode(over.kind());
        }
        return e instanceof Trap ? TRAPPED : CANNOT_RUN;
    }

    /** Limits that have no option have the exit code of a trap, since the user cannot change them. */
    private static int exitCode(LimitException.Kind kind) {
        return switch (kind) {
            case WALL_CLOCK -> TIMED_OUT;
            case OUTPUT -> TOO_MUCH_OUTPUT;
            case MEMORY -> TOO_MUCH_MEMORY;
            case COMPILATION -> CANNOT_RUN;
            case TABLE, INSTANCES, PAYLOAD, LIFTED, COLLECTED, CALL_DEPTH, HOST_CALLS, FUEL, CPU_TIME, POOL, OTHER ->
                TRAPPED;
        };
    }

    static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        Streams streams = Streams.of(command.getCommandSpec());
        PrintWriter err = streams.err();
        streams.say(String.valueOf(e.getMessage()));
        if (command.getParent() == null && e instanceof UnmatchedArgumentException unmatched) {
            String option = unmatched.getUnmatched().get(0);
            String commands = Main.commandsWith(command, option);
            if (!commands.isEmpty()) {
                err.println(option + " is an option of " + commands + ": write it after that command.");
                return WRONG_USAGE;
            }
        }
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println(
                    "Try 'airlock " + (command.getParent() == null ? "" : command.getCommandName() + " ") + "--help'.");
        }
        return WRONG_USAGE;
    }
}
