package dev.airlock.engine.runtime;

import java.lang.invoke.MethodHandle;

/** An instance as hosts know it, of the package {@code engine}, whose types are not known here. */
public interface InstanceOwner {
    /**
     * Returns the handle of a function that the instance defines, as {@link FuncRef#handle} describes it. It is the same for all
     * instances of a module, enters the gate of another compartment, and copies the results beyond the first across.
     */
    MethodHandle handleOf(int function);
}
