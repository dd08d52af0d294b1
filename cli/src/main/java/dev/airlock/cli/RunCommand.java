package dev.airlock.cli;

import dev.airlock.error.LinkException;
import dev.airlock.program.Invocation;
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
            "  airlock run --dir out::/data gen.wasm            it sees the folder out as /data"
        })
final class RunCommand extends GuestCommand implements Callable<Integer> {
    @Mixin
    private UnknownImports unknownImports;

    @Mixin
    private Grants grants;

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
        Invocation invocation = Program.of(compile(guest), unknownImports::tell)
                .invocation()
                .inheritStdio()
                .args(guestArgs());
        grants.give(invocation::env, invocation::preopenedDir);
        return invocation.run().exitCode();
    }

    private List<String> guestArgs() {
        return !args.isEmpty() && args.get(0).equals("--") ? args.subList(1, args.size()) : args;
    }
}
