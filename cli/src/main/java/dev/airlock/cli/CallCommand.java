package dev.airlock.cli;

import dev.airlock.Airlock;
import dev.airlock.ComponentGuest;
import dev.airlock.CoreGuest;
import dev.airlock.Guest;
import dev.airlock.GuestFunction;
import dev.airlock.GuestInstance;
import dev.airlock.cli.guest.GuestFile;
import dev.airlock.engine.Module;
import dev.airlock.error.ExitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Nearest;
import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.limit.Limits;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WaveCall;
import dev.airlock.wit.WitSignatures;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** Calls functions that a guest exports, with values in WAVE. */
@Command(
        name = "call",
        description = {
            "Calls functions that a guest exports, in order on one instance, and prints their results.",
            "",
            "A CALL is a function's name and its arguments in WAVE, the text of WebAssembly values: 'add(1, 2)',"
                    + " 'greet(\"Ada\")', 'sum([1, 2])', 'repeat({name: \"Ada\", num: 3})'. Results are WAVE too, one"
                    + " line each.",
            "",
            "A component contains the types of its functions. If several of its interfaces have a function of the same name,"
                    + " write the interface too: 'demo:kit/api.greet(\"Ada\")'.",
            "",
            "A core module's functions have only numbers in their types. A function that really takes numbers needs no"
                    + " option. For other functions, a signature in WIT says what the numbers stand for; the name before"
                    + " its colon is the export's name, as 'airlock inspect' shows it. Strings and lists cross by the"
                    + " guest's convention, which Airlock detects. Records and other aggregates cross as JSON, or in"
                    + " AssemblyScript as objects unless --payload json is given.",
            "",
            "The guest gets no standard input, and only the files and variables that the options give it. Options may be"
                    + " given before or after GUEST."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock call math.wasm 'add(1, 2)'",
            "  airlock call --signature 'greet: func(name: string) -> string' hello.wasm 'greet(\"Ada\")'",
            "  airlock call --signature 'record request { name: string, num: s32 }' \\",
            "    --signature 'record answer { names: list<string> }' \\",
            "    --signature 'repeat: func(request: request) -> answer' \\",
            "    kit.wasm 'repeat({name: \"Ada\", num: 3})'",
            "  airlock call component.wasm 'greet(\"Ada\")'",
            "  airlock call --convention tinygo --signature 'Greet: func(name: string) -> string' \\",
            "    --unknown-imports trap old.wasm 'Greet(\"Ada\")' 'Greet(\"Grace\")'"
        })
final class CallCommand extends GuestCommand implements Callable<Integer> {
    @Option(
            names = "--signature",
            paramLabel = "WIT",
            description =
                    "A function's type, such as 'greet: func(name: string) -> string', or a type that signatures use, such"
                            + " as 'record point { x: s32, y: s32 }'. May be repeated, and may contain several of them.")
    private List<String> signatures = new ArrayList<>();

    @Mixin
    private Conventions conventions;

    @Mixin
    private UnknownImports unknownImports;

    @Mixin
    private Grants grants;

    @Mixin
    private Tracing tracing;

    @Mixin
    private Bounds bounds;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The library: a .wasm file, or - for standard input.")
    private File file;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CALL", description = "The calls, in order.")
    private List<String> calls = new ArrayList<>();

    /** A call whose text was read and checked: all calls are, before the first one runs. */
    private record Planned(WaveCall text, @Nullable FuncType signature, List<Value> args) {}

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
        conventions.check();
        Limits limits = bounds.limits();
        grants.check();
        WitSignatures known = WitSignatures.parse("--signature", String.join("\n", signatures));
        List<WaveCall> read = read(calls);
        GuestFile opened = GuestFile.read(file);
        try (Guest guest = opened.isComponent() ? component(opened) : module(opened, known)) {
            return call(guest.limits(limits), known, read);
        } catch (ExitException e) {
            if (e.exitCode() != 0 && !isQuiet()) {
                grants.hints(lastWords.text()).forEach(streams()::say);
            }
            return e.exitCode();
        }
    }

    private int call(Guest guest, WitSignatures known, List<WaveCall> read) {
        var planned = new ArrayList<Planned>();
        for (WaveCall call : read) {
            FuncType signature = known.functions().get(call.name());
            planned.add(new Planned(call, signature, arguments(call, guest.function(call.name(), signature))));
        }
        try (GuestInstance instance = guest.instance()) {
            // All calls are bound before the first one runs, so that a mistake in the last one has no side effects.
            var bound = new ArrayList<Supplier<@Nullable Value>>();
            for (Planned call : planned) {
                GuestFunction function = instance.function(call.text().name(), call.signature());
                bound.add(() -> function.call(call.args()));
            }
            for (Supplier<@Nullable Value> function : bound) {
                Value result = function.get();
                if (result != null) {
                    streams().print(Wave.print(result) + System.lineSeparator());
                }
            }
        }
        return 0;
    }

    private Guest module(GuestFile opened, WitSignatures known) {
        outline(opened, unknownImports.areTraps());
        CoreGuest guest = Airlock.openModule(engine(), opened.name(), opened.bytes());
        checkNames(guest.module(), known);
        unknownImports.check(guest.module());
        WasiCtx.Builder wasi = WasiCtx.builder()
                .stdout(Output.inherit())
                .stderr(Output.inheritError().tee(lastWords));
        grants.give(wasi);
        return conventions.of(guest).wasi(wasi.build()).linking(linker -> {
            tracing.watch(linker);
            unknownImports.tell(linker);
        });
    }

    private Guest component(GuestFile opened) {
        if (!signatures.isEmpty() || conventions.given()) {
            throw wrong("a component contains its functions' types: leave out --signature, --convention, --payload,"
                    + " --lists and --static-results");
        }
        if (grants.given() || tracing.isOn()) {
            throw wrong(
                    "a component gets nothing through WASI preview 1, and WASI 0.2 is not supported yet: leave out --env,"
                            + " --env-file, --env-inherit, --dir, --listen and --trace");
        }
        unknownImports.checkComponent();
        ComponentGuest guest = Airlock.openComponent(engine(), opened.name(), opened.bytes());
        return unknownImports.areTraps() ? guest.unknownImportsAsTraps() : guest;
    }

    private List<WaveCall> read(List<String> texts) {
        var read = new ArrayList<WaveCall>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (CallText.isOption(text)) {
                throw new UnmatchedArgumentException(commandLine(), List.of(text));
            }
            try {
                read.add(WaveCall.parse(text));
            } catch (WitException e) {
                String meant = CallText.meant(texts.subList(i, texts.size()));
                if (meant.isEmpty()) {
                    throw e;
                }
                throw wrong("a call is one argument with its own in parentheses; write " + meant);
            }
        }
        return read;
    }

    /** Refuses a signature of a function that the module does not export: the name is probably mistyped. */
    private void checkNames(Module module, WitSignatures known) {
        for (String name : known.functions().keySet()) {
            if (!(module.export(name).orElse(null) instanceof CoreFuncType)) {
                List<String> exported = module.exports().stream()
                        .filter(export -> export.type() instanceof CoreFuncType)
                        .map(ExportType::name)
                        .toList();
                throw wrong("--signature has " + name + ", and " + module.name() + " exports no function of that name"
                        + Nearest.hint(name, exported));
            }
        }
    }

    /** Reads a call's arguments. An argument that does not fit is an error in the command line. */
    private List<Value> arguments(WaveCall call, GuestFunction function) {
        try {
            return call.arguments(function.type());
        } catch (ValueException e) {
            String problem = String.valueOf(e.getMessage());
            CoreFuncType numbers = function.numbers().orElse(null);
            if (numbers == null) {
                throw wrong(problem.contains(" is a bare word; ") ? problem + inShell(call) : problem);
            }
            String has = problem + "; the guest's " + call.name() + " is " + numbers;
            throw wrong(
                    CallText.hasMoreThanNumbers(call)
                            ? has + ": if its numbers stand for something else, say so, as in --signature '"
                                    + CallText.signature(call) + "'" + inShell(call)
                            : has);
        }
    }

    /** Explains that a shell may have removed quotes, if the call has unquoted words; empty if it has none. */
    private static String inShell(WaveCall call) {
        String quoted = CallText.quoted(call);
        return quoted.isEmpty()
                ? ""
                : "\nA shell removes double quotes, unless the whole call is in single quotes: " + quoted;
    }
}
