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
 * Defines what a host offers to components, and instantiates them.
 *
 * <pre>{@code
 * ComponentLinker linker = new ComponentLinker()
 *         .function("demo:kit/host", "log", (type, args) -> {
 *             System.out.println(((PrimitiveValue.Text) args.get(0)).value());
 *             return null; // the function has no result
 *         })
 *         .limits(Limits.defaults().memoryBytes(64 << 20));
 * try (ComponentInstance instance = linker.instantiate(component)) {
 *     instance.function("run").call(List.of());
 * }
 * }</pre>
 *
 * <p>A component can use only what is defined here. An imported interface is satisfied by the definition of the same name, or
 * else by the highest compatible version, within {@code 1.x} or within {@code 0.2.x}; a pre-release matches only itself. A
 * second definition of a name replaces the first.
 *
 * <p>A linker may serve many components and instances. It is not safe for concurrent changes. When it no longer changes, any
 * number of threads may instantiate with it.
 */
public final class ComponentLinker {
    private final Map<String, Linked> offers = new LinkedHashMap<>();
    private @Nullable Map<String, Linked> stubs;
    private Limits limits = Limits.defaults();

    /** Makes a linker without definitions. */
    public ComponentLinker() {}

    /**
     * Defines a function outside of interfaces.
     *
     * @param name the name of the import, such as {@code "log"}
     * @param function called when a guest calls the import
     * @return this linker
     * @throws SignatureException if the name is not a name of WIT
     */
    public ComponentLinker function(String name, ComponentHostFunction function) {
        offers.put(checked(name), new LinkedFunc.Host(name, Objects.requireNonNull(function, "function")::call));
        return this;
    }

    /**
     * Defines a function of an interface.
     *
     * @param interfaceName the interface, such as {@code "wasi:random/random@0.2.0"}
     * @param name the function, such as {@code "get-random-u64"} or {@code "[method]blob.size"}
     * @param function called when a guest calls the import
     * @return this linker
     * @throws SignatureException if a name is not a name of WIT
     */
    public ComponentLinker function(String interfaceName, String name, ComponentHostFunction function) {
        return define(
                interfaceName,
                name,
                new LinkedFunc.Host(interfaceName + "#" + name, Objects.requireNonNull(function, "function")::call));
    }

    /**
     * Defines a resource of an interface: Java objects behind handles. Functions of the interface take and return them as the
     * targets of {@link dev.airlock.type.HandleValue}s.
     *
     * @param <T> the class of the objects
     * @param interfaceName the interface, such as {@code "demo:kit/host"}
     * @param name the resource, such as {@code "blob"}
     * @param type the class of the objects
     * @param onDrop called with each object that a guest owned and dropped, or owned when its instance was closed
     * @return this linker
     * @throws SignatureException if a name is not a name of WIT
     */
    public <T> ComponentLinker resource(String interfaceName, String name, Class<T> type, Consumer<? super T> onDrop) {
        return define(interfaceName, name, new Linked.Type(LinkedResource.ofHost(name, type, onDrop)));
    }

    /**
     * Defines a resource outside of interfaces, as {@link #resource(String, String, Class, Consumer)} does for an interface.
     *
     * @param <T> the class of the objects
     * @param name the resource, such as {@code "blob"}
     * @param type the class of the objects
     * @param onDrop called with each object that a guest owned and dropped, or owned when its instance was closed
     * @return this linker
     * @throws SignatureException if the name is not a name of WIT
     */
    public <T> ComponentLinker resource(String name, Class<T> type, Consumer<? super T> onDrop) {
        offers.put(checked(name), new Linked.Type(LinkedResource.ofHost(name, type, onDrop)));
        return this;
    }

    /**
     * Defines all exports of an instance as one import, including resources. The instance serves one thread at a time.
     *
     * @param name the import that takes an instance
     * @param instance the instance whose functions are called
     * @return this linker
     * @throws SignatureException if the name is not a name of WIT
     */
    public ComponentLinker instance(String name, ComponentInstance instance) {
        offers.put(checked(name), instance.offer());
        return this;
    }

    /**
     * Defines all exports of an instance under their names, including resources: its interfaces satisfy imports of the same
     * names. The instance serves one thread at a time.
     *
     * @param instance the instance whose functions are called
     * @return this linker
     */
    public ComponentLinker instance(ComponentInstance instance) {
        return defineAll(instance.offer().exports());
    }

    /**
     * Defines a core module, for a component that imports and instantiates it.
     *
     * @param name the name of the import
     * @param module the module
     * @return this linker
     * @throws SignatureException if the name is not a name of WIT
     */
    public ComponentLinker module(String name, Module module) {
        offers.put(checked(name), new Linked.CoreModule(module));
        return this;
    }

    /**
     * Defines a core module of an interface, for a component that imports and instantiates it.
     *
     * @param interfaceName the interface
     * @param name the name in the interface
     * @param module the module
     * @return this linker
     * @throws SignatureException if a name is not a name of WIT
     */
    public ComponentLinker module(String interfaceName, String name, Module module) {
        return define(interfaceName, name, new Linked.CoreModule(module));
    }

    /**
     * Defines a component, for a component that imports and instantiates it.
     *
     * @param name the name of the import
     * @param component the component
     * @return this linker
     * @throws SignatureException if the name is not a name of WIT
     */
    public ComponentLinker component(String name, Component component) {
        offers.put(checked(name), new Linked.Component(component.code(), null));
        return this;
    }

    /**
     * Defines a component of an interface, for a component that imports and instantiates it.
     *
     * @param interfaceName the interface
     * @param name the name in the interface
     * @param component the component
     * @return this linker
     * @throws SignatureException if a name is not a name of WIT
     */
    public ComponentLinker component(String interfaceName, String name, Component component) {
        return define(interfaceName, name, new Linked.Component(component.code(), null));
    }

    /**
     * Defines all exports of an instance as an instance in an interface.
     *
     * @param interfaceName the interface
     * @param name the name in the interface
     * @param instance the instance whose functions are called
     * @return this linker
     * @throws SignatureException if a name is not a name of WIT
     */
    public ComponentLinker instance(String interfaceName, String name, ComponentInstance instance) {
        return define(interfaceName, name, instance.offer());
    }

    /**
     * Makes undefined imports trap when they are called, instead of failing instantiation. This holds for functions and
     * resources. An undefined core module or component still fails instantiation, since the component would instantiate it.
     *
     * @return this linker
     */
    public ComponentLinker unknownImportsAsTraps() {
        stubs = new ConcurrentHashMap<>();
        return this;
    }

    /**
     * Defines items; replaces earlier ones of the same names, and merges interfaces. For the library; the items' type is not
     * exported.
     *
     * @param items the definitions by name
     * @return this linker
     */
    public ComponentLinker defineAll(Map<String, Linked> items) {
        merge(offers, items, true);
        return this;
    }

    /**
     * Defines those of some items that are not defined yet. For the library; the items' type is not exported.
     *
     * @param items the definitions by name
     * @return this linker
     */
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
     * Sets the limits for instances created from now on, {@link Limits#defaults()} by default. An instance and those nested in
     * it share one set of limits.
     *
     * @param each the limits of each instance
     * @return this linker
     */
    public ComponentLinker limits(Limits each) {
        this.limits = Objects.requireNonNull(each, "each");
        return this;
    }

    /**
     * Instantiates a component: links its imports and runs its definitions in order, including start functions of core modules.
     *
     * @param component the component
     * @return the instance, which the caller closes
     * @throws LinkException with all imports that are missing or have the wrong type
     * @throws dev.airlock.error.Trap if a start function traps
     * @throws dev.airlock.error.ExitException if a start function exits
     * @throws dev.airlock.error.LimitException if the instance exceeds a limit
     */
    public ComponentInstance instantiate(Component component) {
        return instantiate(component, null);
    }

    /**
     * Makes an instance that starts from a snapshot: links its imports but runs no guest code, since start functions ran before
     * the snapshot. The instance can be {@linkplain ComponentInstance#reset() reset}.
     *
     * @param snapshot the state to start from
     * @return the instance, which the caller closes
     * @throws LinkException with all imports that are missing or have the wrong type; or if the linker offers other core
     *     modules or components than when the snapshot was made
     * @throws dev.airlock.error.LimitException if the instance exceeds a limit
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
