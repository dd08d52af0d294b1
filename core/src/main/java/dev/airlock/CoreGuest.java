package dev.airlock;

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
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.type.ImportType;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
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
    private final Detection detection;
    private final WasiCtx wasi;
    private final Limits limits;
    private final List<Consumer<Linker>> imports;
    private final Opened opened;
    private volatile @Nullable Program program;

    CoreGuest(Module module) {
        this(
                module,
                Detection.of(module.exports(), module.imports(), module.producers()),
                WasiCtx.builder().build(),
                Limits.defaults(),
                List.of(),
                new Opened(module.name()));
    }

    private CoreGuest(
            Module module,
            Detection detection,
            WasiCtx wasi,
            Limits limits,
            List<Consumer<Linker>> imports,
            Opened opened) {
        this.module = module;
        this.detection = detection;
        this.wasi = wasi;
        this.limits = limits;
        this.imports = imports;
        this.opened = opened;
    }

    @Override
    public String name() {
        return module.name();
    }

    /** What it was compiled to. */
    public Module module() {
        return module;
    }

    /** Which convention it follows, and why. */
    public Detection detection() {
        return detection;
    }

    /** Returns a guest that follows a convention that is chosen, not detected. It holds for {@link #imports} given later. */
    public CoreGuest convention(Convention convention) {
        return new CoreGuest(module, Detection.chosen(convention), wasi, limits, imports, opened);
    }

    /** Returns a guest with imports that are defined one level below, offsets and all, in the linker of each instance. */
    public CoreGuest linking(Consumer<Linker> definitions) {
        var more = new ArrayList<>(imports);
        more.add(Objects.requireNonNull(definitions, "definitions"));
        return new CoreGuest(module, detection, wasi, limits, List.copyOf(more), opened);
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
        // Bound now, and once for all instances, so that what does not fit is said where it is given.
        return linking(HostBindings.serve(module, detection, importModule, host));
    }

    @Override
    public CoreGuest unknownImportsAsTraps() {
        return linking(Linker::unknownImportsAsTraps);
    }

    @Override
    public CoreGuest wasi(WasiCtx ctx) {
        return new CoreGuest(module, detection, Objects.requireNonNull(ctx, "ctx"), limits, imports, opened);
    }

    @Override
    public CoreGuest limits(Limits each) {
        return new CoreGuest(module, detection, wasi, Objects.requireNonNull(each, "each"), imports, opened);
    }

    @Override
    public Program program() {
        // Racing threads may each create one; either will do. Cached because it tunes itself from run to run.
        Program known = program;
        if (known == null) {
            known = Program.of(module, linker -> imports.forEach(definitions -> definitions.accept(linker)))
                    .wasi(wasi)
                    .limits(limits);
            program = known;
        }
        return known;
    }

    private Linker linker() {
        Linker linker = new Linker().limits(limits);
        WasiPreview1.addTo(linker, wasi);
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
    public void close() {
        opened.close();
    }
}
