package dev.airlock;

import dev.airlock.binding.Bindings;
import dev.airlock.binding.DynamicFunction;
import dev.airlock.binding.HostBindings;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ImportType;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A guest that is a core module: a library in any language's convention, or a WASI program.
 *
 * <pre>{@code
 * try (CoreGuest guest = Airlock.openModule(Path.of("hello.wasm"))) {
 *   Greeter greeter = guest.convention(Convention.tinygo()).as(Greeter.class);
 * }
 * }</pre>
 */
@CheckReturnValue
public final class CoreGuest extends Guest {
    private final Module module;
    private final Settings settings;
    private final Detection detection;
    private final List<Consumer<Linker>> imports;
    private final Opened opened;
    private volatile @Nullable Program program;

    /** What the linker of each instance gets, bound by the convention and with the codec that the guest has in the end. */
    private interface Imports extends Function<Detection, Consumer<Linker>> {}

    private record Settings(
            Detection detection, @Nullable PayloadCodec payloads, WasiCtx wasi, Limits limits, List<Imports> imports) {
        Settings detection(Detection detection) {
            return new Settings(detection, payloads, wasi, limits, imports);
        }

        Settings payloads(PayloadCodec codec) {
            return new Settings(detection, codec, wasi, limits, imports);
        }

        Settings wasi(WasiCtx ctx) {
            return new Settings(detection, payloads, ctx, limits, imports);
        }

        Settings limits(Limits each) {
            return new Settings(detection, payloads, wasi, each, imports);
        }

        Settings imports(Imports added) {
            var more = new ArrayList<>(imports);
            more.add(added);
            return new Settings(detection, payloads, wasi, limits, List.copyOf(more));
        }

        /**
         * Returns the conventions, with the codec in those that have payloads of its format.
         *
         * @throws SignatureException if there is none, so that the codec would have no effect
         */
        Detection carrying(Module module) {
            PayloadCodec codec = payloads;
            if (codec == null) {
                return detection;
            }
            boolean used = detection.candidates().stream()
                    .anyMatch(c -> codec.format().equals(c.convention().payload()));
            // A program's interface takes any format.
            if (!used && !module.isCommand()) {
                throw new SignatureException("no payload of " + module.name() + " is " + codec.format()
                        + ", so that the codec would have no effect: "
                        + (detection.candidates().isEmpty()
                                ? "nothing points to a convention; choose one, by convention(…), before"
                                : detection.candidates().stream()
                                                .map(c -> "the convention " + c.convention() + " has "
                                                        + (c.convention().payload() == null
                                                                ? "no payloads"
                                                                : c.convention().payload()))
                                                .collect(Collectors.joining(", "))
                                        + "; change that, by convention(c -> c.toBuilder().payload(\""
                                        + codec.format() + "\").build()), before"));
            }
            return detection.with(convention -> codec.format().equals(convention.payload())
                    ? convention.toBuilder().payloadCodec(codec).build()
                    : convention);
        }
    }

    CoreGuest(Module module) {
        this(
                module,
                new Settings(
                        Detection.of(module.exports(), module.imports(), module.producers()),
                        null,
                        WasiCtx.builder().build(),
                        Limits.defaults(),
                        List.of()),
                Detection.of(module.exports(), module.imports(), module.producers()),
                List.of(),
                new Opened(module.name()));
    }

    private CoreGuest(
            Module module, Settings settings, Detection detection, List<Consumer<Linker>> imports, Opened opened) {
        this.module = module;
        this.settings = settings;
        this.detection = detection;
        this.imports = imports;
        this.opened = opened;
    }

    /** Binds what is new, for all instances, so that the call that gave it reports what does not fit. */
    private CoreGuest with(Settings changed) {
        Detection carrying = changed.carrying(module);
        var bound = new ArrayList<Consumer<Linker>>();
        for (Imports each : changed.imports()) {
            bound.add(
                    bound.size() < imports.size() && carrying.equals(detection)
                            ? imports.get(bound.size())
                            : each.apply(carrying));
        }
        return new CoreGuest(module, changed, carrying, List.copyOf(bound), opened);
    }

    @Override
    public String name() {
        return module.name();
    }

    /** {@return the compiled code} */
    public Module module() {
        return module;
    }

    /**
     * Returns the convention that the guest follows, and the evidence for it.
     *
     * @return the convention, or the conventions that are possible
     */
    public Detection detection() {
        return detection;
    }

    /**
     * Returns a guest that follows a convention that is chosen, not detected. Its imports follow it too, whether given before
     * or after.
     *
     * @param convention the convention to follow
     * @return the new guest
     * @throws SignatureException if an import that was given does not fit the convention
     */
    public CoreGuest convention(Convention convention) {
        return with(settings.detection(Detection.chosen(convention)));
    }

    /**
     * Returns a guest whose convention, detected or chosen, is changed: {@code guest.convention(c ->
     * c.toBuilder().payload("JSON").build())}.
     *
     * @param change asked for each convention that the guest may follow
     * @return the new guest
     * @throws SignatureException if an import that was given does not fit the changed convention
     */
    public CoreGuest convention(UnaryOperator<Convention> change) {
        return with(settings.detection(settings.detection().with(change)));
    }

    @Override
    public CoreGuest payloads(PayloadCodec codec) {
        return with(settings.payloads(Objects.requireNonNull(codec, "codec")));
    }

    /**
     * Returns a guest with imports that are defined one level below, offsets and all, in the linker of each instance.
     *
     * @param definitions called with the linker of each instance, before it is used
     * @return the new guest
     */
    public CoreGuest linking(Consumer<Linker> definitions) {
        Objects.requireNonNull(definitions, "definitions");
        return with(settings.imports(carrying -> definitions));
    }

    /** Refused: each import of a core module has a first name, which says what to serve. */
    @Override
    public CoreGuest imports(Object host, Class<?>... resources) {
        List<String> names =
                module.imports().stream().map(ImportType::module).distinct().toList();
        throw new SignatureException(module.name() + " is a core module, and "
                + (names.isEmpty()
                        ? "it imports nothing"
                        : "its imports have two names: write imports(\"" + names.get(0) + "\", host); it imports from "
                                + String.join(", ", names)));
    }

    @Override
    public CoreGuest imports(String importModule, Object host, Class<?>... resources) {
        Objects.requireNonNull(host, "host");
        if (resources.length > 0) {
            throw new SignatureException(module.name()
                    + " is a core module, and a core module has no resources: leave out " + resources[0].getName());
        }
        return with(settings.imports(carrying -> HostBindings.serve(module, carrying, importModule, host)));
    }

    @Override
    public CoreGuest unknownImportsAsTraps() {
        return linking(Linker::unknownImportsAsTraps);
    }

    @Override
    public CoreGuest wasi(WasiCtx ctx) {
        return with(settings.wasi(Objects.requireNonNull(ctx, "ctx")));
    }

    @Override
    public CoreGuest limits(Limits each) {
        return with(settings.limits(Objects.requireNonNull(each, "each")));
    }

    @Override
    public Program program() {
        // Racing threads may each create one; either will do. Cached because it tunes itself from run to run.
        Program known = program;
        if (known == null) {
            known = Program.of(module, linker -> imports.forEach(definitions -> definitions.accept(linker)))
                    .wasi(settings.wasi())
                    .limits(settings.limits());
            PayloadCodec codec = settings.payloads();
            known = codec == null ? known : known.payloads(codec);
            program = known;
        }
        return known;
    }

    private Linker linker() {
        Linker linker = new Linker().limits(settings.limits());
        WasiPreview1.addTo(linker, settings.wasi());
        imports.forEach(definitions -> definitions.accept(linker));
        return linker;
    }

    @Override
    public Pool pooled(PoolOptions options) {
        if (module.isCommand()) {
            throw new SignatureException(
                    module.name() + " is a program: each call of its interface, as by as(), runs in an"
                            + " instance of its own, and any number of threads may call");
        }
        Pool pool = Pool.of(linker(), module, detection, options);
        opened.add(pool);
        return pool;
    }

    @Override
    public CoreGuestInstance instance() {
        return opened(linker().instantiate(module));
    }

    @Override
    public CoreGuestInstance instance(GuestSnapshot snapshot) {
        return opened(linker().instantiate(snapshot.of(module)));
    }

    private CoreGuestInstance opened(Instance instance) {
        opened.add(Entry.holdings(instance));
        return new CoreGuestInstance(instance, detection);
    }

    @Override
    public <T> T as(Class<T> type, CallOptions options) {
        Objects.requireNonNull(options, "options");
        if (module.isCommand()) {
            return program().as(type, options);
        }
        CoreGuestInstance instance = instance();
        try {
            Entry.heed(instance.instance(), options);
            return instance.as(type);
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    @Override
    public GuestFunction function(String name, @Nullable FuncType type) {
        DynamicFunction.check(module, name, type);
        FuncType known = type == null ? DynamicFunction.plainType(module, name) : type;
        CoreFuncType numbers = (CoreFuncType) module.export(name).orElseThrow();
        return new GuestFunction(name, known, type == null ? numbers : null, args -> {
            try (CoreGuestInstance instance = instance()) {
                return instance.function(name, type).call(args);
            }
        });
    }

    @Override
    public String explain(Class<?> type) {
        return module.isCommand() ? program().explain(type) : Bindings.explain(module, detection, type);
    }

    @Override
    public String explain(String name, @Nullable FuncType type) {
        return DynamicFunction.explain(module, detection, name, type);
    }

    @Override
    public void close() {
        opened.close();
    }
}
