package dev.airlock;

import dev.airlock.binding.Bindings;
import dev.airlock.binding.HostBindings;
import dev.airlock.component.Component;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A guest that is a core module. */
final class CoreGuest extends Guest {
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
    public boolean isComponent() {
        return false;
    }

    @Override
    public Component component() {
        throw new SignatureException(module.name() + " is a core module, and no component");
    }

    @Override
    public Module module() {
        return module;
    }

    @Override
    public Detection detection() {
        return detection;
    }

    @Override
    public CoreGuest convention(Convention convention) {
        return new CoreGuest(module, Detection.chosen(convention), wasi, limits, imports, opened);
    }

    @Override
    public Guest imports(String importModule, Object host) {
        Objects.requireNonNull(host, "host");
        // Bound now, and once for all instances, so that what does not fit is said where it is given.
        return linking(HostBindings.serve(module, detection, importModule, host));
    }

    @Override
    public Guest unknownImportsAsTraps() {
        return linking(Linker::unknownImportsAsTraps);
    }

    @Override
    public Guest linking(Consumer<Linker> definitions) {
        var more = new ArrayList<>(imports);
        more.add(definitions);
        return new CoreGuest(module, detection, wasi, limits, List.copyOf(more), opened);
    }

    @Override
    public Guest wasi(WasiCtx ctx) {
        return new CoreGuest(module, detection, Objects.requireNonNull(ctx, "ctx"), limits, imports, opened);
    }

    @Override
    public Guest limits(Limits each) {
        return new CoreGuest(module, detection, wasi, Objects.requireNonNull(each, "each"), imports, opened);
    }

    @Override
    public Program program() {
        // Two threads may both make it, to the same end; kept for what it learns from run to run.
        Program known = program;
        if (known == null) {
            known = Program.of(module, linker -> imports.forEach(definitions -> definitions.accept(linker)))
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
    public Instance instantiate() {
        Instance instance = linker().instantiate(module);
        opened.add(Entry.holdings(instance));
        return instance;
    }

    @Override
    public <T> T as(Class<T> type) {
        if (module.isCommand()) {
            return program().as(type);
        }
        Instance instance = instantiate();
        try {
            return Bindings.bind(instance, detection, type);
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    @Override
    public void close() {
        opened.close();
    }

    @Override
    public String toString() {
        return "guest " + module.name();
    }
}
