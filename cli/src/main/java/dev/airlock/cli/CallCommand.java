package dev.airlock.cli;

import dev.airlock.binding.DynamicFunction;
import dev.airlock.cli.guest.GuestFile;
import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.ExitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.limit.Limits;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WaveCall;
import dev.airlock.wit.WitSignatures;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** Calls functions that a guest exports, with values as text. */
@Command(
        name = "call",
        description = {
            "Calls functions that a guest exports, one after the other on one instance, and prints what they return.",
            "",
            "A CALL is a function's name and its arguments in WAVE, the text of WebAssembly values: 'add(1, 2)',"
                    + " 'greet(\"Ada\")', 'sum([1, 2])', 'repeat({name: \"Ada\", num: 3})'. Results are WAVE too, one"
                    + " line each.",
            "",
            "A component says itself what its functions take. A name that several of its interfaces have is written with"
                    + " the interface: 'demo:kit/api.greet(\"Ada\")'.",
            "",
            "A core module's functions have nothing but numbers in their types. Those that mean numbers are called as they are."
                    + " For all others a signature in WIT says what the numbers stand for; the name before its colon is"
                    + " the export's, as 'airlock inspect' shows it. How strings and lists then cross is the guest's"
                    + " convention, which is detected; records and other aggregates cross as JSON, or in AssemblyScript as"
                    + " objects unless --payload json is given.",
            "",
            "The guest gets no input, and no files and no environment but what the options give it. Options may stand"
                    + " before GUEST or behind it."
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
                    "What a function takes and returns, as in 'greet: func(name: string) -> string', or a type that"
                            + " signatures use, as in 'record point { x: s32, y: s32 }'. May be repeated, and may have several in"
                            + " it.")
    private List<String> signatures = new ArrayList<>();

    @Option(
            names = "--convention",
            paramLabel = "NAME",
            description = "How the guest takes strings and lists: c, rust, tinygo, go, assemblyscript, wasm-bindgen or"
                    + " fp-bindgen. Detected if it is not given; 'airlock inspect' says how.")
    private @Nullable String convention;

    @Mixin
    private Aggregates aggregates;

    @Mixin
    private UnknownImports unknownImports;

    @Mixin
    private Grants grants;

    @Mixin
    private Tracing tracing;

    @Mixin
    private Bounds bounds;

    @Parameters(index = "0", paramLabel = "GUEST", description = "The library: a .wasm file, or - for standard input.")
    private File guest;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CALL", description = "What to call, in order.")
    private List<String> calls = new ArrayList<>();

    /** A call that is read and known to fit: all are, before the first one runs. */
    private record Planned(String name, @Nullable FuncType signature, List<Value> args) {}

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
        checkOptions();
        Limits limits = bounds.limits();
        grants.check();
        WitSignatures known = WitSignatures.parse("--signature", String.join("\n", signatures));
        List<WaveCall> read = read(calls);
        GuestFile file = GuestFile.read(guest);
        if (file.isComponent()) {
            return callComponent(file, limits, read);
        }
        outline(file, unknownImports.areTraps());
        Module module = engine().compile(file.name(), file.bytes());
        Detection detection = aggregates.carriedBy(
                convention == null
                        ? Detection.of(module.exports(), module.imports(), module.producers())
                        : Detection.chosen(Convention.named(convention).orElseThrow()));
        checkNames(module, known);
        unknownImports.check(module);
        var planned = new ArrayList<Planned>();
        for (WaveCall call : read) {
            FuncType signature = known.functions().get(call.name());
            planned.add(new Planned(
                    call.name(), signature, signature == null ? plain(module, call) : arguments(call, signature)));
        }
        try (Instance instance = instantiate(module, limits)) {
            // All are bound before the first one runs, so that a mistake in the last does not leave things half done.
            List<Supplier<@Nullable Value>> bound =
                    planned.stream().map(c -> bind(instance, detection, c)).toList();
            return run(bound);
        } catch (ExitException e) {
            return ended(e.exitCode());
        }
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

    private int run(List<Supplier<@Nullable Value>> bound) {
        for (Supplier<@Nullable Value> function : bound) {
            Value result = function.get();
            if (result != null) {
                streams().print(Wave.print(result) + System.lineSeparator());
            }
        }
        return 0;
    }

    private int ended(int exitCode) {
        if (exitCode != 0 && !isQuiet()) {
            grants.hints(lastWords.text()).forEach(streams()::say);
        }
        return exitCode;
    }

    private int callComponent(GuestFile file, Limits limits, List<WaveCall> read) {
        if (!signatures.isEmpty() || convention != null || aggregates.given()) {
            throw wrong(
                    "a component says itself what its functions take: leave out --signature, --convention, --payload,"
                            + " --lists and --static-results");
        }
        if (grants.given() || tracing.isOn()) {
            throw wrong(
                    "a component gets nothing through WASI preview 1, and WASI 0.2 is not supported yet: leave out --env,"
                            + " --env-file, --env-inherit, --dir, --listen and --trace");
        }
        Component component = Component.compile(engine(), file.name(), file.bytes());
        ComponentLinker linker = new ComponentLinker().limits(limits);
        unknownImports.tell(linker);
        try (ComponentInstance instance = linker.instantiate(component)) {
            List<Supplier<@Nullable Value>> bound = new ArrayList<>();
            for (WaveCall call : read) {
                bound.add(reading(call, () -> ComponentCalls.bind(instance, call)));
            }
            return run(bound);
        } catch (ExitException e) {
            return ended(e.exitCode());
        }
    }

    private void checkOptions() {
        if (convention != null && Convention.named(convention).isEmpty()) {
            throw wrong("--convention " + convention + ": there are "
                    + Convention.presets().stream().map(Convention::name).collect(Collectors.joining(", ")));
        }
    }

    /** A signature of a function that is not there has no effect, and is a mistyped name. */
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

    private Instance instantiate(Module module, Limits limits) {
        Linker linker = new Linker().limits(limits);
        WasiCtx.Builder wasi = WasiCtx.builder()
                .stdout(Output.inherit())
                .stderr(Output.inheritError().tee(lastWords));
        grants.give(wasi);
        tracing.watch(linker);
        WasiPreview1.addTo(linker, wasi.build());
        unknownImports.tell(linker);
        return linker.instantiate(module);
    }

    private static Supplier<@Nullable Value> bind(Instance instance, Detection detection, Planned call) {
        if (call.signature() == null) {
            DynamicFunction function = DynamicFunction.plain(instance, call.name());
            return () -> function.call(call.args());
        }
        DynamicFunction function = DynamicFunction.of(instance, detection, call.name(), call.signature());
        return () -> function.call(call.args());
    }

    private List<Value> arguments(WaveCall call, FuncType signature) {
        return reading(call, () -> call.arguments(signature));
    }

    /** Has arguments read. What does not fit is the command line's fault. */
    private <T> T reading(WaveCall call, Supplier<T> read) {
        try {
            return read.get();
        } catch (ValueException e) {
            String problem = String.valueOf(e.getMessage());
            throw wrong(problem.contains(" is a bare word; ") ? problem + inShell(call) : problem);
        }
    }

    /** The arguments of a function of numbers. One that is not in the module fails later, where names are compared. */
    private List<Value> plain(Module module, WaveCall call) {
        if (!(module.export(call.name()).orElse(null) instanceof CoreFuncType core)) {
            return List.of();
        }
        FuncType type;
        try {
            type = DynamicFunction.plainType(module, call.name());
        } catch (SignatureException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        try {
            return call.arguments(type);
        } catch (ValueException e) {
            String problem = e.getMessage() + "; the guest has " + call.name() + " as " + core;
            throw wrong(
                    CallText.hasMoreThanNumbers(call)
                            ? problem + ": if its numbers stand for something else, say so, as in --signature '"
                                    + CallText.signature(call) + "'" + inShell(call)
                            : problem);
        }
    }

    /** What a shell may have done to a call, if it has words without quotes; empty if not. */
    private static String inShell(WaveCall call) {
        String quoted = CallText.quoted(call);
        return quoted.isEmpty()
                ? ""
                : "\nA shell takes double quotes away, unless the whole call is in single quotes: " + quoted;
    }
}
