package dev.airlock.engine;

import dev.airlock.engine.runtime.InstanceState;
import java.lang.invoke.MethodHandle;

/**
 * Calls any function of one shape that has numbers only. An object with a method, not a method handle: between interpreted
 * methods a handle takes two frames of the stack more, and hosts and guests may call each other many levels deep.
 */
interface ArrayCall {
    /**
     * @param direct {@code (P..., InstanceState) -> R}: the function
     * @param args the raw bits of the arguments
     * @return the raw bits of the results
     */
    long[] call(MethodHandle direct, InstanceState state, long[] args) throws Throwable;
}
