package dev.airlock.pool;

import dev.airlock.binding.Bindings;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.limit.CallOptions;
import org.jspecify.annotations.Nullable;

/** Instances of a core module. */
final class CoreSource implements Source {
    private final Linker linker;
    private final Module module;
    private final Detection detection;
    private final PoolOptions options;
    private final @Nullable Snapshot snapshot;

    CoreSource(Linker linker, Module module, Detection detection, PoolOptions options) {
        this.linker = linker;
        this.module = module;
        this.detection = detection;
        this.options = options;
        this.snapshot = options.keepsState() ? null : capture();
    }

    private Snapshot capture() {
        try (Instance first = warm()) {
            return first.snapshot();
        }
    }

    private Instance warm() {
        Instance made = linker.instantiate(module);
        try {
            options.warmUp(new OfCore(made, detection));
            return made;
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return module.name();
    }

    /** All that crosses is a copy. */
    @Override
    public void checkCallsStandAlone(Class<?> type) {}

    @Override
    public Pooled create() {
        return new OfCore(snapshot == null ? warm() : linker.instantiate(snapshot), detection);
    }

    private record OfCore(Instance instance, Detection detection) implements Pooled {
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
