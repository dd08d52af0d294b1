package dev.airlock.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a guest is. */
@Command(
        name = "inspect",
        description = {
            "Says what a guest is: its kind, what made it, what it needs from its host, what it offers.",
            "",
            "Of a library it also says by which convention its functions take strings and lists, and what points to it;"
                    + " of a component, its world as WIT and the core modules in it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  airlock inspect hello.wasm", "  airlock inspect --json hello.wasm | jq '.exports[].name'"})
final class InspectCommand extends GuestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON, for programs to read.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The guest: a .wasm file.")
    private Path guest;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(isComponent(guest) ? component() : module());
        out.flush();
        return 0;
    }

    private String component() {
        ComponentReport report = ComponentReport.of(compileComponent(guest));
        return json ? report.toJson() : report.toPage();
    }

    private String module() {
        GuestReport report = GuestReport.of(compile(guest));
        return json ? report.toJson() : report.toPage();
    }
}
