package dev.airlock.pool;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.ComponentSnapshot;
import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.shape.InterfaceMethods;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Supplier;

/** Instances of a component. */
final class ComponentSource implements Source {
    private final ComponentLinker linker;
    private final Component component;

    ComponentSource(ComponentLinker linker, Component component) {
        this.linker = linker;
        this.component = component;
    }

    @Override
    public String name() {
        return component.name();
    }

    @Override
    public void checkCallsStandAlone(Class<?> type) {
        for (Method method : InterfaceMethods.toImplement(type)) {
            if (givesInterface(method.getGenericReturnType())) {
                throw new SignatureException(type.getSimpleName() + "." + method.getName() + " gives "
                        + method.getGenericReturnType().getTypeName()
                        + ", which belongs to one instance, and a pool has another for the next call:"
                        + " borrow one for all of it, by Pool.with");
            }
        }
    }

    /** Returns whether the type is or contains a resource, or another interface of the component. */
    private static boolean givesInterface(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(ComponentSource::givesInterface);
        }
        return type instanceof Class<?> raw
                && raw.isInterface()
                && !raw.isSealed()
                && !raw.getName().startsWith("java.");
    }

    @Override
    public Pooled create() {
        return new OfComponent(linker.instantiate(component), linker);
    }

    private record OfComponent(ComponentInstance instance, ComponentLinker linker) implements Pooled {
        @Override
        public <T> T bind(Class<T> type) {
            return ComponentBindings.bind(instance, type);
        }

        @Override
        public <T> T bindCompleting(Class<T> type) {
            return ComponentBindings.bindCompleting(instance, type);
        }

        @Override
        public void heed(CallOptions options) {
            instance.heed(options);
        }

        @Override
        public Supplier<Pooled> capture() {
            ComponentSnapshot snapshot = instance.snapshot();
            return () -> new OfComponent(linker.instantiate(snapshot), linker);
        }

        @Override
        public void reset() {
            instance.reset();
        }

        @Override
        public boolean isShut() {
            return instance.isShut();
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}
