package dev.airlock.component;

import dev.airlock.component.run.ComponentState;
import dev.airlock.component.run.HostObjects;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.PassedResources;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.Holdings;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.type.GuestResource;
import dev.airlock.wit.Versions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A component with state: its core instances, those of the components inside of it, and their tables of handles.
 *
 * <p>Belongs to one thread at a time, and so does all that came out of it; which thread that is may change between calls.
 * After a {@linkplain dev.airlock.error.Trap trap} or an exit it cannot be entered again, no part of it.
 *
 * <p>Closing releases what the host holds for it: resources of the host, and of other instances, that the guest owns are dropped.
 */
public final class ComponentInstance implements AutoCloseable {
    private final Component component;
    private final Compartment compartment;
    private final ComponentState outermost;
    private final Linked.Instance exports;
    private final @Nullable ComponentSnapshot start;

    /** @param start what it goes back to; null for one that came all the way itself */
    public ComponentInstance(
            Component component, ComponentState outermost, Linked.Instance exports, @Nullable ComponentSnapshot start) {
        this.component = component;
        this.compartment = outermost.compartment();
        this.outermost = outermost;
        this.exports = exports;
        this.start = start;
    }

    /** For the flight recorder alone. */
    long memoryBytes() {
        return compartment.memoryBytes();
    }

    /** What this is an instance of. */
    public Component component() {
        return component;
    }

    /**
     * An exported function.
     *
     * @param name its whole name or a shorter one: see {@link Component#function}
     * @throws SignatureException if there is none of that name, or if several fit
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
     * A function of an exported interface.
     *
     * @param interfaceName as the component exports it; of another version that fits it, if there is none of this one;
     *     without a version, the only one that is exported
     * @throws SignatureException if there is no such interface, or no such function in it
     */
    public ComponentFunc function(String interfaceName, String name) {
        List<String> named = Versions.named(interfaceName, exports.exports().keySet());
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

    /** All functions that it exports: those of interfaces by {@code interface#function}. */
    public List<ComponentFunc> functions() {
        return component.functions().stream().map(this::function).toList();
    }

    public boolean isShut() {
        return compartment.isShut();
    }

    public void heed(CallOptions options) {
        compartment.heed(options);
    }

    public Holdings holdings() {
        return compartment.holdings();
    }

    public Linked.Instance exports() {
        return exports;
    }

    /**
     * The state of this instance as it is now, for others to start from: of all core instances in it, nested ones too.
     *
     * @throws InstanceStateException if it holds what cannot be captured: resources of the host's or of another instance,
     *     references to objects of a collector's, exceptions, memories that threads share; if a thread is in it, this one too;
     *     after a trap, an exit, or when it is closed
     */
    public ComponentSnapshot snapshot() {
        return compartment.alone("captured", () -> new ComponentSnapshot(component, outermost.states()));
    }

    /**
     * Takes this instance back to the snapshot that it was made of, with all that is in it; interfaces that were bound to it
     * stay. Resources of the host that the guest owned are dropped, as when it is closed. A {@link GuestResource} that came out of it
     * before is good for nothing any more. It costs what was written since, not what there is.
     *
     * @throws InstanceStateException if it was not made of a snapshot; if a thread is in it, this one too; after a trap, an
     *     exit, or when it is closed
     * @throws RuntimeException what dropping a host resource threw: all are dropped and all is put back by then
     */
    public void reset() {
        ComponentSnapshot back = start;
        if (back == null) {
            throw new InstanceStateException("this instance of " + component.name()
                    + " has nothing to go back to: it was not made of a snapshot");
        }
        compartment.alone("reset", () -> reset(back));
    }

    private ComponentInstance reset(ComponentSnapshot back) {
        List<ComponentState> family = outermost.states();
        try (HostObjects owned = outermost.hostObjects().takeAll();
                PassedResources passed = PassedResources.takenFrom(family)) {
            compartment.orShut("reset", () -> back.restore(family));
            // As if it ran: nothing that the host does now leads back into what was just put back.
            outermost.isRunning(true);
        } finally {
            outermost.isRunning(false);
        }
        return this;
    }

    /**
     * Releases what the host holds for this instance, and what it owns of other instances. It cannot be entered afterwards.
     * Closing twice does no harm. The memories
     * of one that was made of a snapshot are empty after that.
     *
     * @throws InstanceStateException if a thread is in it
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
