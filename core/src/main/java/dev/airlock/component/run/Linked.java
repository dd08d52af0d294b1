package dev.airlock.component.run;

import dev.airlock.engine.Module;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands at an index, or under a name, once a component runs: the counterpart of {@link ComponentExternType}. */
public sealed interface Linked permits LinkedFunc, Linked.Instance, Linked.Component, Linked.CoreModule, Linked.Type {
    /** An instance, which is no more than what it exports. */
    record Instance(Map<String, Linked> exports) implements Linked {
        static final Instance EMPTY = new Instance(Map.of());
    }

    /**
     * A component, to be instantiated.
     *
     * @param around the instance that it was defined in, whose definitions it may name; null for one of the host's
     */
    record Component(ComponentCode code, @Nullable ComponentInstantiation around) implements Linked {}

    record CoreModule(Module module) implements Linked {}

    /** A resource. Other types mean the same at all times, and are not linked. */
    record Type(LinkedResource resource) implements Linked {}
}
