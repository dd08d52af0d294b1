package dev.airlock.cli;

import dev.airlock.cli.guest.GuestFile;
import dev.airlock.component.binary.ComponentDecoder;
import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.engine.Module;
import dev.airlock.engine.TraceText;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.program.Program;
import dev.airlock.wasi.Output;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a WASI program with the standard streams of this process. */
@Command(
        name = "run",
        description = {
            "Runs a WASI program with this command's standard streams, and ends with its exit code.",
            "",
            "The program gets its arguments and what the options give it, but no other files or variables. Options of"
                    + " this command come before GUEST; everything after GUEST goes to the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock run greet.wasm Ada                       the guest gets the argument Ada",
            "  airlock run greet.wasm --loud                    the guest gets the argument --loud",
            "  airlock run --env LANG=en --env HOME greet.wasm  LANG as given, HOME as in this process",
            "  airlock run --dir . sort.wasm names.txt          the guest may use this folder",
            "  airlock run --dir out::/data gen.wasm            the guest sees the folder out as /data",
            "  airlock run --dir in::/data:ro gen.wasm          and may not write to it",
            "  airlock run --timeout 10s --max-memory 64MiB gen.wasm  limits time and memory",
            "  airlock run --trace greet.wasm 2> calls.txt      writes a line for each call to the host",
            "  curl -fsSL https://example.com/greet.wasm | airlock run -   reads the guest from standard input"
        })
final class RunCommand extends GuestCommand implements Callable<Integer> {
    private static final int LISTED = 8;

    @Mixin
    private UnknownImports unknownImports;

    @Mixin
    private Grants grants;

    @Mixin
    private Tracing tracing;

    @Mixin
    private Bounds bounds;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The program: a .wasm file, or - for standard input.")
    private File guest;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "The guest's arguments. One leading -- is dropped.")
    private List<String> args = new ArrayList<>();

    private final LastWords lastWords = new LastWords();

    @Override
    List<String> hints(Exception e) {
        if (isQuiet()) {
            return List.of();
        }
        return e instanceof LinkException missing ? unknownImports.hints(missing) : grants.hints(lastWords.text());
    }

    @Override
    public Integer call() {
        Limits limits = bounds.limits();
        grants.check();
        GuestFile file = GuestFile.read(guest);
        if (file.isComponent()) {
            throw notYet(file);
        }
        Set<String> functions = outline(file, unknownImports.areTraps()).exportedFunctions();
        if (!functions.contains("_start")) {
            throw noProgram(file.name(), functions);
        }
        Module module = engine().compile(file.name(), file.bytes());
        unknownImports.check(module);
        int exitCode = Program.of(module, linker -> {
                    unknownImports.tell(linker);
                    tracing.watch(linker);
                })
                .limits(limits)
                .invocation()
                .inheritStdio()
                .stderr(Output.inheritError().tee(lastWords))
                .args(guestArgs())
                .wasi(grants::give)
                .run()
                .exitCode();
        if (exitCode != 0 && !isQuiet()) {
            grants.hints(lastWords.text()).forEach(streams()::say);
        }
        return exitCode;
    }

    private static SignatureException noProgram(String name, Set<String> functions) {
        // Functions whose names start with an underscore, such as _initialize, are for hosts.
        List<String> callable =
                functions.stream().filter(function -> !function.startsWith("_")).toList();
        return new SignatureException(name + " is a library, not a program: it exports no function _start"
                + (callable.isEmpty()
                        ? ""
                        : "; 'airlock call' calls its functions: "
                                + callable.stream()
                                        .limit(LISTED)
                                        .map(TraceText::shown)
                                        .collect(Collectors.joining(", "))
                                + (callable.size() > LISTED ? ", …" : "")));
    }

    /** Explains why a component cannot be run, from its names alone and without compiling it. */
    private static AirlockException notYet(GuestFile file) {
        List<ComponentDefinition> definitions =
                ComponentDecoder.decode(file.name(), file.bytes()).definitions();
        boolean isCommand = definitions.stream()
                .anyMatch(d -> d instanceof ComponentDefinition.Export export
                        && export.name().name().text().startsWith("wasi:cli/run@"));
        if (!isCommand) {
            return new SignatureException(file.name()
                    + " is a component, but not a program: it exports no wasi:cli/run. 'airlock call' calls its"
                    + " functions, 'airlock inspect' lists them");
        }
        List<String> missing = definitions.stream()
                .filter(ComponentDefinition.Import.class::isInstance)
                .map(d -> ((ComponentDefinition.Import) d).name().name().text())
                .filter(name -> name.startsWith("wasi:"))
                .map(name -> name + " is not defined")
                .toList();
        return new LinkException(file.name(), missing.isEmpty() ? List.of("components cannot be run yet") : missing);
    }

    private List<String> guestArgs() {
        return !args.isEmpty() && args.get(0).equals("--") ? args.subList(1, args.size()) : args;
    }
}
