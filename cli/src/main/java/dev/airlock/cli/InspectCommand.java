package dev.airlock.cli;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guest;
import dev.airlock.cli.guest.GuestFile;
import dev.airlock.cli.report.ComponentReport;
import dev.airlock.cli.report.GuestReport;
import dev.airlock.component.Component;
import dev.airlock.engine.Module;
import java.io.File;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
        footer = {
            "  airlock inspect hello.wasm",
            "  airlock inspect --json hello.wasm | jq '.exports[].name'",
            "  airlock inspect --wit component.wasm > world.wit",
            "  airlock inspect --explain 'greet: func(name: string) -> string' hello.wasm"
        })
final class InspectCommand extends GuestCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints JSON, for programs to read.")
    private boolean json;

    @Option(names = "--wit", description = "Prints a component's world as WIT, and nothing else.")
    private boolean wit;

    @Option(
            names = "--explain",
            paramLabel = "FUNCTION",
            description =
                    "Prints how a function would be called, step by step: of a core module by its signature, as in 'greet:"
                            + " func(name: string) -> string', of a component by its name. The options above that say how values cross hold"
                            + " for it.")
    private @Nullable String explained;

    @Mixin
    private Conventions conventions;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The guest: a .wasm file, or - for standard input.")
    private File guest;

    @Override
    public Integer call() {
        if (json && wit) {
            throw wrong("--json and --wit: only one of them can be printed; the JSON has the WIT in it");
        }
        if (explained != null && (json || wit)) {
            throw wrong("--explain prints the plan of a function alone: leave out --json and --wit");
        }
        if (explained == null && conventions.given()) {
            throw wrong("--convention, --payload, --lists and --static-results are for --explain");
        }
        conventions.check();
        GuestFile file = GuestFile.read(guest);
        if (explained != null) {
            streams().print(explain(file, explained));
        } else {
            streams().print(file.isComponent() ? component(file) : module(file));
        }
        return 0;
    }

    private String explain(GuestFile file, String function) {
        if (file.isComponent() && conventions.given()) {
            throw wrong("a component says itself how its values cross: leave out --convention, --payload, --lists and"
                    + " --static-results");
        }
        try (Guest opened = Airlock.open(engine(), file.name(), file.bytes())) {
            Guest explaining = opened instanceof CoreGuest core ? conventions.of(core) : opened;
            String plan = explaining.explain(function);
            return plan.endsWith("\n") ? plan : plan + System.lineSeparator();
        }
    }

    private String component(GuestFile file) {
        Component component = Component.compile(engine(), file.name(), file.bytes());
        if (wit) {
            return component.wit();
        }
        ComponentReport report = ComponentReport.of(component);
        return json ? report.toJson() : report.toPage();
    }

    private String module(GuestFile file) {
        if (wit) {
            throw wrong(file.name() + " is a core module, which has no WIT: --wit is for components");
        }
        Module module = engine().compile(file.name(), file.bytes());
        GuestReport report = GuestReport.of(module);
        return json ? report.toJson() : report.toPage();
    }
}
