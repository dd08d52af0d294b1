package dev.airlock.component.run;

import dev.airlock.engine.CoreFunc;
import dev.airlock.type.FuncType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A function of components that can be called. */
public sealed interface LinkedFunc extends Linked {
    /** One that a component instance lifted from a core function. */
    record Lifted(ComponentState state, LiftCode code) implements LinkedFunc {
        public FuncType type() {
            return code.type();
        }
    }

    /**
     * One of the host's.
     *
     * @param name for errors, the interface with it
     * @param code what it came to in the components that import it. It is kept here since it has the function built in: who
     *     makes a linker for each request leaves nothing behind
     */
    record Host(String name, HostFunc function, Map<LowerCode, CoreFunc.Body> code) implements LinkedFunc {
        public Host(String name, HostFunc function) {
            this(name, function, new ConcurrentHashMap<>());
        }
    }
}
