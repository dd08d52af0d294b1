package dev.airlock.component;

import dev.airlock.codegen.Handles;
import dev.airlock.component.run.ComponentInstantiation;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.Module;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Limits;
import dev.airlock.wit.ExternName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a host offers to components, by interface and function, and the way to a {@link ComponentInstance}.
 *
 * <p>A component gets what is defined here and nothing else. An import of an interface is served by what has its very name;
 * else by the highest version that is compatible, of the same {@code 1.x} or the same {@code 0.2.x}; pre-releases serve
 * nobody but themselves. Defining something twice replaces it. A linker may be used for many components and instances; it is
 * not safe for concurrent changes, but once nobody changes it any more, any number of threads may instantiate with it.
 */
public final class ComponentLinker {
    private final Map<String, Linked> offers = new LinkedHashMap<>();
    private @Nullable Map<String, Linked> stubs;
    private Limits limits = Limits.defaults();

    /** A linker that offers nothing yet. */
    public ComponentLinker() {}

    /** Defines a function that stands in no interface. */
    public ComponentLinker function(String name, ComponentHostFunction function) {
        offers.put(checked(name), new LinkedFunc.Host(name, Objects.requireNonNull(function, "function")::call));
        return this;
    }

    /**
     * Defines a function of an interface.
     *
     * @param interfaceName as in {@code "wasi:random/random@0.2.0"}
     * @param name as in {@code "get-random-u64"}, or {@code "[method]blob.size"}
     */
    public ComponentLinker function(String interfaceName, String name, ComponentHostFunction function) {
        return define(
                interfaceName,
                name,
                new LinkedFunc.Host(interfaceName + "#" + name, Objects.requireNonNull(function, "function")::call));
    }

    /**
     * Defines a resource of an interface: Java objects behind handles, which functions of the interface get and give as the
     * targets of {@link dev.airlock.type.HandleValue}s.
     *
     * @param type of the objects
     * @param onDrop told of each object that a guest owned and dropped, or owned when its instance was closed
     */
    public <T> ComponentLinker resource(String interfaceName, String name, Class<T> type, Consumer<? super T> onDrop) {
        return define(interfaceName, name, new Linked.Type(LinkedResource.ofHost(name, type, onDrop)));
    }

    /**
     * Defines a resource that stands in no interface, as {@link #resource(String, String, Class, Consumer)} does for one of an
     * interface.
     *
     * @param type of the objects
     * @param onDrop called with each object that a guest owned and dropped, or owned when its instance was closed
     */
    public <T> ComponentLinker resource(String name, Class<T> type, Consumer<? super T> onDrop) {
        offers.put(checked(name), new Linked.Type(LinkedResource.ofHost(name, type, onDrop)));
        return this;
    }

    /** Defines all that an instance exports, under one name, its resources too. The instance serves one thread at a time. */
    public ComponentLinker instance(String name, ComponentInstance instance) {
        offers.put(checked(name), Exported.offer(instance));
        return this;
    }

    /**
     * Defines all that an instance exports, each by the name that it is exported by: interfaces for components that import
     * interfaces of these names. Resources are among it. The instance serves one thread at a time.
     */
    public ComponentLinker instance(ComponentInstance instance) {
        return defineAll(Exported.offer(instance).exports());
    }

    /** Defines a core module, for a component that instantiates it itself. */
    public ComponentLinker module(String name, Module module) {
        offers.put(checked(name), new Linked.CoreModule(module));
        return this;
    }

    /** Defines a core module of an interface, for a component that instantiates it itself. */
    public ComponentLinker module(String interfaceName, String name, Module module) {
        return define(interfaceName, name, new Linked.CoreModule(module));
    }

    /** Defines a component, for a component that instantiates it itself. */
    public ComponentLinker component(String name, Component component) {
        offers.put(checked(name), new Linked.Component(component.code(), null));
        return this;
    }

    /** Defines a component of an interface, for a component that instantiates it itself. */
    public ComponentLinker component(String interfaceName, String name, Component component) {
        return define(interfaceName, name, new Linked.Component(component.code(), null));
    }

    /** Defines all that an instance exports, under one name in an interface. */
    public ComponentLinker instance(String interfaceName, String name, ComponentInstance instance) {
        return define(interfaceName, name, Exported.offer(instance));
    }

    /**
     * From now on, stands in for each function that a component imports and that is not defined here: it traps when it is
     * called. So do the resources that are not defined. Core modules and components are refused when they are linked, since
     * the component would instantiate them.
     */
    public ComponentLinker unknownImportsAsTraps() {
        stubs = new ConcurrentHashMap<>();
        return this;
    }

    /** Defines all of this; instances are merged with those that are there, anything else is replaced. */
    public ComponentLinker defineAll(Map<String, Linked> items) {
        merge(offers, items, true);
        return this;
    }

    /** Defines what of this is not defined yet. */
    public ComponentLinker defineMissing(Map<String, Linked> items) {
        merge(offers, items, false);
        return this;
    }

    private static void merge(Map<String, Linked> known, Map<String, Linked> more, boolean replaces) {
        more.forEach((name, item) -> {
            if (item instanceof Linked.Instance inner && known.get(name) instanceof Linked.Instance there) {
                Map<String, Linked> both = new LinkedHashMap<>(there.exports());
                merge(both, inner.exports(), replaces);
                known.put(name, new Linked.Instance(both));
            } else if (replaces) {
                known.put(name, item);
            } else {
                known.putIfAbsent(name, item);
            }
        });
    }

    private Map<String, Linked> members(String interfaceName) {
        return offers.get(interfaceName) instanceof Linked.Instance instance ? instance.exports() : Map.of();
    }

    private ComponentLinker define(String interfaceName, String name, Linked item) {
        var items = new HashMap<>(members(checked(interfaceName)));
        items.put(checked(name), item);
        offers.put(interfaceName, new Linked.Instance(items));
        return this;
    }

    private static String checked(String name) {
        try {
            ExternName.parse(name);
        } catch (ExternName.Malformed e) {
            throw new SignatureException(String.valueOf(e.getMessage()), e);
        }
        return name;
    }

    /**
     * How much each component may take that is made from now on, with all that is nested in it; by default {@link
     * Limits#defaults()}.
     */
    public ComponentLinker limits(Limits each) {
        this.limits = Objects.requireNonNull(each, "each");
        return this;
    }

    /**
     * Makes an instance: links its imports, and runs its definitions in order, core modules' start functions among them.
     *
     * @throws LinkException with all imports that are missing or do not fit
     * @throws dev.airlock.error.Trap if it traps on the way
     * @throws dev.airlock.error.ExitException if it exits on the way
     * @throws dev.airlock.error.LimitException if it passes a limit
     */
    public ComponentInstance instantiate(Component component) {
        return instantiate(component, null);
    }

    /**
     * Makes an instance that starts from a snapshot: links its imports, and runs nothing, since all that runs did so before the
     * snapshot was made. It can be {@linkplain ComponentInstance#reset() reset}.
     *
     * @throws LinkException with all imports that are missing or do not fit; or where the component is given core modules or
     *     components, and they are not the ones that it had when it was captured
     * @throws dev.airlock.error.LimitException if it passes a limit
     */
    public ComponentInstance instantiate(ComponentSnapshot snapshot) {
        return instantiate(snapshot.component(), snapshot);
    }

    private ComponentInstance instantiate(Component component, @Nullable ComponentSnapshot start) {
        FlightEvents.Instantiation recorded = FlightEvents.recordsInstantiations()
                ? FlightEvents.instantiation(component.name(), start != null)
                : null;
        ComponentInstance made = make(component, start);
        if (recorded != null) {
            recorded.end(made.memoryBytes());
        }
        return made;
    }

    private ComponentInstance make(Component component, @Nullable ComponentSnapshot start) {
        Map<String, Linked> args = ImportMatching.match(component, offers, stubs);
        var compartment = new Compartment(component.name(), limits, start == null ? null : start.core());
        try {
            int before = compartment.enter();
            try {
                ComponentInstantiation.Made made = ComponentInstantiation.run(component.code(), args, compartment);
                if (start != null) {
                    start.fill(made.state().states());
                }
                return new ComponentInstance(component, made.state(), made.exports(), start);
            } catch (LinkException e) {
                throw e;
            } catch (Throwable e) {
                throw Handles.sneaky(compartment.leave(e));
            } finally {
                compartment.exit(before);
            }
        } catch (AirlockException | Error e) {
            try {
                compartment.close();
            } catch (RuntimeException onClose) {
                e.addSuppressed(onClose);
            }
            throw e;
        }
    }
}
