package dev.airlock.component.run;

import dev.airlock.engine.CoreFunc;
import dev.airlock.type.FuncType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A component function that can be called. */
public sealed interface LinkedFunc extends Linked {
    /** A function that a component instance lifted from a core function. */
    record Lifted(ComponentState state, LiftCode code) implements LinkedFunc {
        public FuncType type() {
            return code.type();
        }
    }

    /**
     * A host function.
     *
     * @param name the name with its interface, for errors
     * @param code the core functions made from it, by the importing definition. They are kept here since they contain the
     *     function: a program that makes a linker for each request then leaks nothing
     */
    record Host(String name, HostFunc function, Map<LowerCode, CoreFunc.Body> code) implements LinkedFunc {
        public Host(String name, HostFunc function) {
            this(name, function, new ConcurrentHashMap<>());
        }
    }
}
