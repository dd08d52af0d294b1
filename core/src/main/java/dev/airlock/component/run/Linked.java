package dev.airlock.component.run;

import dev.airlock.engine.Module;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of an index space, or an import or export, at run time: the counterpart of {@link ComponentExternType}. */
public sealed interface Linked permits LinkedFunc, Linked.Instance, Linked.Component, Linked.CoreModule, Linked.Type {
    /** An instance: its exports by name. */
    record Instance(Map<String, Linked> exports) implements Linked {
        static final Instance EMPTY = new Instance(Map.of());
    }

    /**
     * A component that can be instantiated.
     *
     * @param around the enclosing instance, whose definitions the component may alias; null for a component of the host
     */
    record Component(ComponentCode code, @Nullable ComponentInstantiation around) implements Linked {}

    record CoreModule(Module module) implements Linked {}

    /** A resource. Other types mean the same everywhere and are not linked. */
    record Type(LinkedResource resource) implements Linked {}
}
