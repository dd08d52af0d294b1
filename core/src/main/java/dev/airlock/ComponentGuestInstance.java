package dev.airlock;

import dev.airlock.component.ComponentBindings;
import dev.airlock.component.ComponentInstance;

/** An instance of a component. */
public final class ComponentGuestInstance extends GuestInstance {
    private final ComponentInstance instance;

    ComponentGuestInstance(ComponentInstance instance) {
        this.instance = instance;
    }

    /** The instance itself, one level below: its functions, by their WIT types. */
    public ComponentInstance instance() {
        return instance;
    }

    @Override
    public <T> T as(Class<T> type) {
        return ComponentBindings.bind(instance, type);
    }

    @Override
    public GuestSnapshot snapshot() {
        return new GuestSnapshot(instance.snapshot());
    }

    @Override
    public void reset() {
        instance.reset();
    }

    @Override
    public void close() {
        instance.close();
    }

    @Override
    public String toString() {
        return instance.toString();
    }
}
