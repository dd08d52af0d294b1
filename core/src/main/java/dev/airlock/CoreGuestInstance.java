package dev.airlock;

import dev.airlock.binding.Bindings;
import dev.airlock.binding.DynamicFunction;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.type.FuncType;
import org.jspecify.annotations.Nullable;

/** An instance of a core module. */
public final class CoreGuestInstance extends GuestInstance {
    private final Instance instance;
    private final Detection detection;

    CoreGuestInstance(Instance instance, Detection detection) {
        this.instance = instance;
        this.detection = detection;
    }

    /**
     * Returns the instance itself, one level below: its functions, memories, globals and tables.
     *
     * @return the same instance at the level below; it is closed with this one
     */
    public Instance instance() {
        return instance;
    }

    @Override
    public <T> T as(Class<T> type) {
        return Bindings.bind(instance, detection, type);
    }

    @Override
    public GuestFunction function(String name, @Nullable FuncType type) {
        DynamicFunction function = type == null
                ? DynamicFunction.plain(instance, name)
                : DynamicFunction.of(instance, detection, name, type);
        return new GuestFunction(
                name, function.type(), type == null ? instance.function(name).type() : null, function::call);
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
