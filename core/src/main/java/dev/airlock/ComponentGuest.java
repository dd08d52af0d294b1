package dev.airlock;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentBindings;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.wasi.WasiCtx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A guest that is a component. */
final class ComponentGuest extends Guest {
    private final Component component;
    private final List<Consumer<ComponentLinker>> imports;
    private final boolean unknownTrap;
    private final Limits limits;
    private final Opened opened;
    private @Nullable ComponentLinker linker;

    ComponentGuest(Component component) {
        this(component, List.of(), false, Limits.defaults(), new Opened(component.name()));
    }

    private ComponentGuest(
            Component component,
            List<Consumer<ComponentLinker>> imports,
            boolean unknownTrap,
            Limits limits,
            Opened opened) {
        this.component = component;
        this.imports = imports;
        this.unknownTrap = unknownTrap;
        this.limits = limits;
        this.opened = opened;
    }

    private SignatureException refuse(String why) {
        return new SignatureException(component.name() + " is a component: " + why);
    }

    @Override
    public boolean isComponent() {
        return true;
    }

    @Override
    public Module module() {
        throw refuse("it is no core module, but may hold several");
    }

    @Override
    public Component component() {
        return component;
    }

    @Override
    public Detection detection() {
        throw refuse("it says in WIT what it is, so no convention is detected");
    }

    @Override
    public Guest convention(Convention convention) {
        throw refuse("it says in WIT what it is, so no convention can be chosen");
    }

    @Override
    public Guest imports(String name, Object host) {
        Objects.requireNonNull(host, "host");
        // Bound now, and once for all instances, so that what does not fit is said where it is given.
        var more = new ArrayList<>(imports);
        more.add(ComponentBindings.serve(component, name, host));
        return new ComponentGuest(component, List.copyOf(more), unknownTrap, limits, opened);
    }

    @Override
    public Guest unknownImportsAsTraps() {
        return new ComponentGuest(component, imports, true, limits, opened);
    }

    @Override
    public Guest limits(Limits each) {
        return new ComponentGuest(component, imports, unknownTrap, Objects.requireNonNull(each, "each"), opened);
    }

    @Override
    public Guest linking(Consumer<Linker> definitions) {
        throw refuse("its imports are WIT interfaces and no core functions; see imports, or ComponentLinker");
    }

    @Override
    public Guest wasi(WasiCtx ctx) {
        throw refuse("WASI for components, which is 0.2, is not there yet");
    }

    @Override
    public Program program() {
        throw refuse("components cannot be run as programs yet");
    }

    @Override
    public Instance instantiate() {
        throw refuse("its instances are not those of a core module; see as, or ComponentLinker");
    }

    /** One for all instances: code that is made for what a linker offers is kept with it. */
    private synchronized ComponentLinker linker() {
        if (linker == null) {
            var made = new ComponentLinker().limits(limits);
            imports.forEach(definitions -> definitions.accept(made));
            if (unknownTrap) {
                made.unknownImportsTrap(component);
            }
            linker = made;
        }
        return linker;
    }

    @Override
    public <T> T as(Class<T> type) {
        ComponentInstance instance = linker().instantiate(component);
        opened.add(ComponentBindings.holdings(instance));
        try {
            return ComponentBindings.bind(instance, type);
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    @Override
    public Pool pooled(PoolOptions options) {
        Pool pool = Pool.of(linker(), component, options);
        opened.add(pool);
        return pool;
    }

    @Override
    public void close() {
        opened.close();
    }

    @Override
    public String toString() {
        return "guest " + component.name();
    }
}
