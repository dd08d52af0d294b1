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

/** Shows what a guest is. */
@Command(
        name = "inspect",
        description = {
            "Shows what a guest is: its kind, the tools that made it, what it needs from its host, and its exports.",
            "",
            "For a library it also shows the convention by which functions take strings and lists, with the evidence;"
                    + " for a component, its world as WIT and its core modules."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock inspect hello.wasm",
            "  airlock inspect --json hello.wasm | jq '.exports[].name'",
            "  airlock inspect --wit component.wasm > world.wit",
            "  airlock inspect --explain 'greet: func(name: string) -> string' hello.wasm"
        })
final class InspectCommand extends GuestCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    @Option(names = "--wit", description = "Prints only a component's world, as WIT.")
    private boolean wit;

    @Option(
            names = "--explain",
            paramLabel = "FUNCTION",
            description =
                    "Prints the steps of a call to a function, which is given for a core module by its signature, such as"
                            + " 'greet: func(name: string) -> string', and for a component by its name. The options above about how"
                            + " values cross apply.")
    private @Nullable String explained;

    @Mixin
    private Conventions conventions;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The guest: a .wasm file, or - for standard input.")
    private File guest;

    @Override
    public Integer call() {
        if (json && wit) {
            throw wrong("--json and --wit: choose one of them; the JSON contains the WIT");
        }
        if (explained != null && (json || wit)) {
            throw wrong("--explain prints only the plan of a function: leave out --json and --wit");
        }
        if (explained == null && conventions.given()) {
            throw wrong("--convention, --payload, --lists and --static-results have an effect only with --explain");
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
            throw wrong("a component defines how its values cross: leave out --convention, --payload, --lists and"
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
