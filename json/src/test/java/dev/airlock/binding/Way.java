package dev.airlock.binding;

import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;

/** The two ways to run a plan, which must do the same. */
public enum Way {
    INTERPRETED,
    COMPILED;

    public <T> T bind(Instance instance, Detection detection, Class<T> type) {
        return this == COMPILED
                ? Bindings.bind(instance, detection, type)
                : Bindings.bindInterpreted(instance, detection, type);
    }
}
