package dev.airlock.pool;

import dev.airlock.binding.Bindings;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.limit.CallOptions;
import java.util.function.Supplier;

/** Instances of a core module. */
final class CoreSource implements Source {
    private final Linker linker;
    private final Module module;
    private final Detection detection;

    CoreSource(Linker linker, Module module, Detection detection) {
        this.linker = linker;
        this.module = module;
        this.detection = detection;
    }

    @Override
    public String name() {
        return module.name();
    }

    /** Accepts any interface: all values are copies. */
    @Override
    public void checkCallsStandAlone(Class<?> type) {}

    @Override
    public Pooled create() {
        return new OfCore(linker.instantiate(module), linker, detection);
    }

    private record OfCore(Instance instance, Linker linker, Detection detection) implements Pooled {
        @Override
        public <T> T bind(Class<T> type) {
            return Bindings.bind(instance, detection, type);
        }

        @Override
        public <T> T bindCompleting(Class<T> type) {
            return Bindings.bindCompleting(instance, detection, type);
        }

        @Override
        public void heed(CallOptions options) {
            Entry.heed(instance, options);
        }

        @Override
        public Supplier<Pooled> capture() {
            Snapshot snapshot = instance.snapshot();
            return () -> new OfCore(linker.instantiate(snapshot), linker, detection);
        }

        @Override
        public void reset() {
            instance.reset();
        }

        @Override
        public boolean isShut() {
            return Entry.isShut(instance);
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}
