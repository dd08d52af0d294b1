package dev.airlock.component;

import dev.airlock.component.run.ComponentState;
import dev.airlock.engine.CompartmentSnapshot;
import dev.airlock.error.LinkException;
import java.util.List;

/**
 * The captured state of a component instance, from which new instances start: the memories, globals and tables of all its core
 * instances, which of their segments were dropped, and the handles of the component's resources. Made by
 * {@link ComponentInstance#snapshot()}, used by {@link ComponentLinker#instantiate(ComponentSnapshot)}. Immutable and
 * thread-safe.
 *
 * <p>A guest may remember what its host returned before the snapshot, so use a linker that offers the same.
 *
 * <p>A snapshot keeps the memories' bytes. It also keeps the arrays of some closed instances for new ones, at most as many as
 * the JVM has processors.
 */
public final class ComponentSnapshot {
    private final Component component;
    private final CompartmentSnapshot core;
    private final List<ComponentState.Image> states;

    /** Captures an instance; no other thread may be in it. */
    ComponentSnapshot(Component component, List<ComponentState> family) {
        this.component = component;
        this.states = family.stream().map(ComponentState::capture).toList();
        this.core = family.get(0).compartment().snapshot();
    }

    /**
     * Returns the component whose state was captured.
     *
     * @return the component
     */
    public Component component() {
        return component;
    }

    CompartmentSnapshot core() {
        return core;
    }

    /**
     * Fills an instance that was just made from this snapshot.
     *
     * @throws LinkException if it has other components or core modules than the captured instance
     */
    void fill(List<ComponentState> family) {
        if (!family.stream()
                .map(ComponentState::code)
                .toList()
                .equals(states.stream().map(ComponentState.Image::code).toList())) {
            throw new LinkException(
                    component.name(),
                    List.of("the linker offers other components or core modules than when the snapshot was made"));
        }
        family.get(0).compartment().fill();
        restoreStates(family);
    }

    private void restoreStates(List<ComponentState> family) {
        for (int i = 0; i < states.size(); i++) {
            family.get(i).restore(states.get(i));
        }
    }

    /** Restores an instance that was made from this snapshot; no other thread may be in it. */
    ComponentSnapshot restore(List<ComponentState> family) {
        ComponentState outermost = family.get(0);
        outermost.nextGeneration();
        restoreStates(family);
        outermost.compartment().restore();
        return this;
    }

    @Override
    public String toString() {
        return "snapshot of an instance of " + component.name();
    }
}
