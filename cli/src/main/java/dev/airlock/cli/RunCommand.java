package dev.airlock.cli;

import dev.airlock.component.Component;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
            "  airlock run --dir out::/data gen.wasm            it sees the folder out as /data",
            "  airlock run --dir in::/data:ro gen.wasm          and may not write to it",
            "  airlock run --timeout 10s --max-memory 64MiB gen.wasm  and may take so much",
            "  airlock run --trace greet.wasm 2> calls.txt      with a line for each call to its host"
        })
final class RunCommand extends GuestCommand implements Callable<Integer> {
    @Mixin
    private UnknownImports unknownImports;

    @Mixin
    private Grants grants;

    @Mixin
    private Tracing tracing;

    @Mixin
    private Bounds bounds;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The program: a .wasm file.")
    private Path guest;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "The guest's arguments. One -- in front is dropped.")
    private List<String> args = new ArrayList<>();

    @Override
    String hint(LinkException e) {
        return unknownImports.hint(e);
    }

    @Override
    public Integer call() {
        if (isComponent(guest)) {
            throw notYet(compileComponent(guest));
        }
        return Program.of(compile(guest), linker -> {
                    unknownImports.tell(linker);
                    tracing.watch(linker);
                })
                .limits(bounds.limits())
                .invocation()
                .inheritStdio()
                .args(guestArgs())
                .wasi(grants::give)
                .run()
                .exitCode();
    }

    /** What stands between a component and a run. */
    private static AirlockException notYet(Component component) {
        List<String> missing = component.imports().stream()
                .map(name ->
                        name + " is not defined" + (name.startsWith("wasi:") ? ": it is of WASI 0.2 or later" : ""))
                .toList();
        if (component.exports().stream().noneMatch(name -> name.startsWith("wasi:cli/run@"))) {
            return new SignatureException(
                    component.name()
                            + " is a component, and no program: it exports no wasi:cli/run. 'airlock call' calls its functions");
        }
        return new LinkException(
                component.name(), missing.isEmpty() ? List.of("components cannot be run yet") : missing);
    }

    private List<String> guestArgs() {
        return !args.isEmpty() && args.get(0).equals("--") ? args.subList(1, args.size()) : args;
    }
}
