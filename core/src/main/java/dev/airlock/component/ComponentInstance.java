package dev.airlock.component;

import dev.airlock.component.run.ComponentState;
import dev.airlock.component.run.HostObjects;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.PassedExports;
import dev.airlock.component.run.PassedResources;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.Holdings;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.type.GuestResource;
import dev.airlock.wit.InterfaceVersions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a component: its core instances, those of nested components, and their tables of handles.
 *
 * <pre>{@code
 * Component component = Component.compile(Engine.create(), Path.of("kit.wasm"));
 * try (ComponentInstance instance = new ComponentLinker().instantiate(component)) {
 *     ComponentFunc greet = instance.function("demo:kit/api@1.0.0", "greet");
 *     Value greeting = greet.call(List.of(new PrimitiveValue.Text("Ada")));
 *     Api api = ComponentBindings.bind(instance, Api.class); // the same functions as a Java interface
 * }
 * }</pre>
 *
 * <p>An instance, its functions and its resources belong to one thread at a time; the thread may change between calls. After
 * a {@linkplain dev.airlock.error.Trap trap} or an exit no part of the instance can be entered again.
 *
 * <p>Closing releases what the host holds for the instance: it drops the resources of the host and of other instances that
 * the guest owns.
 */
public final class ComponentInstance implements AutoCloseable {
    private final Component component;
    private final Compartment compartment;
    private final ComponentState outermost;
    private final Linked.Instance exports;
    private final @Nullable ComponentSnapshot start;

    /** @param start the snapshot that {@link #reset} restores; null for an instance that ran its start functions */
    ComponentInstance(
            Component component, ComponentState outermost, Linked.Instance exports, @Nullable ComponentSnapshot start) {
        this.component = component;
        this.compartment = outermost.compartment();
        this.outermost = outermost;
        this.exports = exports;
        this.start = start;
    }

    /** The size of all linear memories in bytes, for the flight recorder. */
    long memoryBytes() {
        return compartment.memoryBytes();
    }

    /**
     * Returns the component that this is an instance of.
     *
     * @return the component
     */
    public Component component() {
        return component;
    }

    /**
     * Returns an exported function.
     *
     * @param name its full name, or a shorter one: see {@link Component#function}
     * @return the function
     * @throws SignatureException if no function has this name, or several match
     */
    public ComponentFunc function(String name) {
        return function(component.function(name));
    }

    private ComponentFunc function(FunctionExport found) {
        return found.interfaceName() == null
                ? find(component.name(), component.type().exports(), exports, found.function(), found.name())
                : function(found.interfaceName(), found.function());
    }

    /**
     * Returns a function of an exported interface.
     *
     * @param interfaceName the interface as the component exports it. Another version matches if it is compatible; a name
     *     without a version matches if the component exports only one version
     * @param name the name of the function in the interface
     * @return the function
     * @throws SignatureException if there is no such interface, or no such function in it
     */
    public ComponentFunc function(String interfaceName, String name) {
        List<String> named =
                InterfaceVersions.named(interfaceName, exports.exports().keySet());
        if (named.size() > 1) {
            throw new SignatureException(component.name() + " exports several versions of the interface \""
                    + interfaceName + "\": " + String.join(", ", named) + "; name one of them");
        }
        String found = named.isEmpty() ? interfaceName : named.get(0);
        if (component.type().exports().get(found) instanceof ComponentExternType.Instance type
                && exports.exports().get(found) instanceof Linked.Instance instance) {
            return find(found, type.type().exports(), instance, name, found + "#" + name);
        }
        throw new SignatureException(component.name() + " exports no interface \"" + interfaceName + "\""
                + Nearest.hint(interfaceName, component.exports()));
    }

    private static ComponentFunc find(
            String where,
            Map<String, ComponentExternType> types,
            Linked.Instance instance,
            String name,
            String fullName) {
        if (types.get(name) instanceof ComponentExternType.Func type) {
            LinkedFunc function =
                    (LinkedFunc) Objects.requireNonNull(instance.exports().get(name));
            return new ComponentFunc(fullName, function, type.type());
        }
        List<String> names = types.keySet().stream()
                .filter(n -> types.get(n) instanceof ComponentExternType.Func)
                .toList();
        throw new SignatureException(where + " exports no function \"" + name + "\"" + Nearest.hint(name, names));
    }

    /**
     * Returns all exported functions. Those of interfaces are named {@code interface#function}.
     *
     * @return the functions, in the order of the binary
     */
    public List<ComponentFunc> functions() {
        return component.functions().stream().map(this::function).toList();
    }

    /**
     * Returns whether the instance can no longer be entered: it was closed, or a call ended with a trap or an exit.
     *
     * @return true if every call fails
     */
    public boolean isShut() {
        return compartment.isShut();
    }

    /**
     * Sets the options of all calls from now on, until others are set.
     *
     * @param options such as deadlines and interrupts
     * @throws InstanceStateException if a thread is in the instance, or it can no longer be entered
     */
    public void heed(CallOptions options) {
        compartment.heed(options);
    }

    /**
     * Returns what the host holds for the instance. For the library; the result's type is not exported.
     *
     * @return the holdings, which closing the instance releases
     */
    public Holdings holdings() {
        return compartment.holdings();
    }

    /**
     * Returns the exports as they are linked. For the library; the result's type is not exported.
     *
     * @return the exports by name
     */
    public Linked.Instance exports() {
        return exports;
    }

    /**
     * Returns the exports as another component can import them. For the library; the result's type is not exported.
     *
     * @return the exports by name, with functions that enter this instance
     */
    public Linked.Instance offer() {
        return PassedExports.offer(component.name(), component.type().exports(), exports);
    }

    /**
     * Captures the current state of this instance, including nested ones, so that new instances can start from it.
     *
     * @return the snapshot; this instance is unchanged
     * @throws InstanceStateException if the instance holds state that cannot be captured: resources of the host or of another
     *     instance, references to garbage-collected objects, exceptions, or shared memories; if a thread is in the instance,
     *     also the calling one; or after a trap, an exit, or {@link #close}
     */
    public ComponentSnapshot snapshot() {
        return compartment.alone("captured", () -> new ComponentSnapshot(component, outermost.states()));
    }

    /**
     * Restores the snapshot that this instance was made from. Bound interfaces stay valid. Resources of the host that the guest
     * owned are dropped, as by {@link #close}. Every {@link GuestResource} obtained before is invalid. The cost depends on the
     * memory written since, not on its size.
     *
     * @throws InstanceStateException if the instance was not made from a snapshot; if a thread is in it, also the calling one;
     *     or after a trap, an exit, or {@link #close}
     * @throws RuntimeException an exception that dropping a host resource threw. All resources are dropped and the state is
     *     restored by then
     */
    public void reset() {
        ComponentSnapshot back = start;
        if (back == null) {
            throw new InstanceStateException(
                    "this instance of " + component.name() + " cannot be reset: it was not made of a snapshot");
        }
        compartment.alone("reset", () -> reset(back));
    }

    private ComponentInstance reset(ComponentSnapshot back) {
        List<ComponentState> family = outermost.states();
        try (HostObjects owned = outermost.hostObjects().takeAll();
                PassedResources passed = PassedResources.takenFrom(family)) {
            compartment.orShut("reset", () -> back.restore(family));
            // Marked as running, so that a dropped host resource cannot call into the restored state.
            outermost.isRunning(true);
        } finally {
            outermost.isRunning(false);
        }
        return this;
    }

    /**
     * Closes the instance: releases what the host holds for it, and drops the resources of other instances that it owns. The
     * instance cannot be entered afterwards. The memories of an instance made from a snapshot are empty afterwards. Closing
     * twice has no effect.
     *
     * @throws InstanceStateException if a thread is in the instance
     */
    @Override
    public void close() {
        compartment.close();
        PassedResources.takenFrom(outermost.states()).close();
    }

    @Override
    public String toString() {
        return "instance of " + component.name();
    }
}
