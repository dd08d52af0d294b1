package dev.airlock;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.FunctionExport;
import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.component.bind.ComponentImports;
import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.type.FuncType;
import dev.airlock.wasi.WasiCtx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A guest that is a component, which describes itself in WIT.
 *
 * <pre>{@code
 * try (ComponentGuest guest = Airlock.openComponent(Path.of("kit.wasm"))) {
 *   System.out.println(guest.wit());
 *   Api api = guest.imports("demo:kit/host", new Host()).as(Api.class);
 * }
 * }</pre>
 */
@CheckReturnValue
public final class ComponentGuest extends Guest {
    private final Component component;
    private final ComponentImports imports;
    private final boolean unknownTrap;
    private final Limits limits;
    private final Opened opened;
    private @Nullable ComponentLinker linker;

    ComponentGuest(Component component) {
        this(component, ComponentImports.of(component), false, Limits.defaults(), new Opened(component.name()));
    }

    private ComponentGuest(
            Component component, ComponentImports imports, boolean unknownTrap, Limits limits, Opened opened) {
        this.component = component;
        this.imports = imports;
        this.unknownTrap = unknownTrap;
        this.limits = limits;
        this.opened = opened;
    }

    @Override
    public String name() {
        return component.name();
    }

    /** {@return the compiled code} */
    public Component component() {
        return component;
    }

    /**
     * Returns its world, as WIT text: what it imports and what it exports. See {@link Component#wit()}.
     *
     * @return the world, as WIT text
     */
    public String wit() {
        return component.wit();
    }

    @Override
    public ComponentGuest imports(String name, Object host, Class<?>... resources) {
        // Bound now, and once for all instances, so that this call reports what does not fit.
        return new ComponentGuest(component, imports.with(name, host, resources), unknownTrap, limits, opened);
    }

    @Override
    public ComponentGuest imports(Object host, Class<?>... resources) {
        return new ComponentGuest(component, imports.with(host, resources), unknownTrap, limits, opened);
    }

    @Override
    public ComponentGuest unknownImportsAsTraps() {
        return new ComponentGuest(component, imports, true, limits, opened);
    }

    @Override
    public ComponentGuest limits(Limits each) {
        return new ComponentGuest(component, imports, unknownTrap, Objects.requireNonNull(each, "each"), opened);
    }

    private SignatureException refuse(String why) {
        return new SignatureException(component.name() + " is a component: " + why);
    }

    /** Refused: WASI 0.2, which components use, is not supported yet. */
    @Override
    public ComponentGuest wasi(WasiCtx ctx) {
        throw refuse("WASI for components, which is WASI 0.2, is not supported yet");
    }

    /** Refused: components cannot be run as programs yet. */
    @Override
    public Program program() {
        throw refuse("components cannot be run as programs yet, which needs WASI 0.2");
    }

    /** Refused: nothing of a component crosses as a payload, and it cannot be run as a program yet. */
    @Override
    public ComponentGuest payloads(PayloadCodec codec) {
        throw refuse("its values cross by the types of its WIT, and none as a payload of " + codec.format()
                + "; payloads are for programs, which components cannot be yet");
    }

    @Override
    public GuestFunction function(String name, @Nullable FuncType type) {
        FunctionExport found = component.function(name);
        if (type != null) {
            found.check(type);
        }
        HandleTypes.refuse(found.name(), found.type());
        return new GuestFunction(found.name(), found.type(), null, args -> {
            try (ComponentGuestInstance instance = instance()) {
                return instance.function(found.name(), null).call(args);
            }
        });
    }

    @Override
    public String explain(Class<?> type) {
        try (ComponentInstance instance = explained()) {
            return ComponentBindings.explain(instance, type);
        }
    }

    @Override
    public String explain(String name, @Nullable FuncType type) {
        FunctionExport found = component.function(name);
        if (type != null) {
            found.check(type);
        }
        try (ComponentInstance instance = explained()) {
            return instance.function(found.name()).explain();
        }
    }

    /** Returns an instance that is called for nothing, so that nothing need be there to serve it. */
    private ComponentInstance explained() {
        var explaining = new ComponentLinker().limits(limits);
        imports.addTo(explaining);
        return explaining.unknownImportsAsTraps().instantiate(component);
    }

    /** One for all instances: code that is made for what a linker offers is kept with it. */
    private synchronized ComponentLinker linker() {
        if (linker == null) {
            var made = new ComponentLinker().limits(limits);
            imports.addTo(made);
            if (unknownTrap) {
                made.unknownImportsAsTraps();
            }
            linker = made;
        }
        return linker;
    }

    @Override
    public ComponentGuestInstance instance() {
        return opened(linker().instantiate(component));
    }

    @Override
    public ComponentGuestInstance instance(GuestSnapshot snapshot) {
        return opened(linker().instantiate(snapshot.of(component)));
    }

    private ComponentGuestInstance opened(ComponentInstance instance) {
        opened.add(instance.holdings());
        return new ComponentGuestInstance(instance);
    }

    @Override
    public <T> T as(Class<T> type, CallOptions options) {
        Objects.requireNonNull(options, "options");
        ComponentGuestInstance instance = instance();
        try {
            instance.instance().heed(options);
            return instance.as(type);
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
}
