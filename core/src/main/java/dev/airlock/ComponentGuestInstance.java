package dev.airlock;

import dev.airlock.component.ComponentFunc;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.FunctionExport;
import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.type.FuncType;
import org.jspecify.annotations.Nullable;

/** An instance of a component. */
public final class ComponentGuestInstance extends GuestInstance {
    private final ComponentInstance instance;

    ComponentGuestInstance(ComponentInstance instance) {
        this.instance = instance;
    }

    /**
     * Returns the instance itself, one level below: its functions, by their WIT types.
     *
     * @return the same instance at the level below; it is closed with this one
     */
    public ComponentInstance instance() {
        return instance;
    }

    @Override
    public <T> T as(Class<T> type) {
        return ComponentBindings.bind(instance, type);
    }

    @Override
    public GuestFunction function(String name, @Nullable FuncType type) {
        FunctionExport found = instance.component().function(name);
        if (type != null) {
            found.check(type);
        }
        ComponentFunc function = instance.function(found.name());
        return new GuestFunction(function.name(), function.type(), null, function::call);
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
