package dev.airlock.component;

import dev.airlock.component.run.ComponentState;
import dev.airlock.engine.CompartmentSnapshot;
import dev.airlock.error.LinkException;
import java.util.List;

/**
 * The state of a component instance at one moment, from which new instances start as if they had come all the way themselves:
 * the memories, globals and tables of all core instances in it, which of their segments were dropped, and the handles of the
 * component's own resources. Made by {@link ComponentInstance#snapshot()}, taken by {@link
 * ComponentLinker#instantiate(ComponentSnapshot)}. Immutable and thread-safe.
 *
 * <p>A guest may remember what its host told it before the snapshot was made, so give the new ones a linker that offers the
 * same.
 *
 * <p>It keeps the memories' bytes, and the arrays of a few closed instances for the next ones, as many as the JVM has
 * processors.
 */
public final class ComponentSnapshot {
    private final Component component;
    private final CompartmentSnapshot core;
    private final List<ComponentState.Image> states;

    /** Of an instance that the calling thread has for itself. */
    ComponentSnapshot(Component component, List<ComponentState> family) {
        this.component = component;
        this.states = family.stream().map(ComponentState::capture).toList();
        this.core = family.get(0).compartment().snapshot();
    }

    /** What it is the state of. */
    public Component component() {
        return component;
    }

    CompartmentSnapshot core() {
        return core;
    }

    /**
     * Fills an instance that was made of this just now.
     *
     * @throws LinkException if it was given other components or core modules than the one that was captured
     */
    public void fill(List<ComponentState> family) {
        if (!family.stream()
                .map(ComponentState::code)
                .toList()
                .equals(states.stream().map(ComponentState.Image::code).toList())) {
            throw new LinkException(
                    component.name(), List.of("other components are given than when the snapshot was made"));
        }
        family.get(0).compartment().fill();
        restoreStates(family);
    }

    private void restoreStates(List<ComponentState> family) {
        for (int i = 0; i < states.size(); i++) {
            family.get(i).restore(states.get(i));
        }
    }

    /** Takes an instance that was made of this back to it, which the calling thread has for itself. */
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
