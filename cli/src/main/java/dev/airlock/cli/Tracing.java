package dev.airlock.cli;

import dev.airlock.engine.CallEvent;
import dev.airlock.engine.Linker;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a guest's calls to imported functions. */
final class Tracing {
    private static final String WASI = "wasi_snapshot_preview1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--trace",
            description = "Prints a line to standard error for each call to an imported function, with its arguments,"
                    + " its result and its duration.")
    private boolean trace;

    boolean isOn() {
        return trace;
    }

    void watch(Linker linker) {
        if (trace) {
            PrintWriter err = command.commandLine().getErr();
            linker.trace(event -> err.println(line(event)));
        }
    }

    private static String line(CallEvent event) {
        return event.module().equals(WASI) ? event.text() : event.toString();
    }
}
