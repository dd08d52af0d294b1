package dev.airlock.engine;

import dev.airlock.error.SignatureException;
import dev.airlock.memory.Memory;

/**
 * The guest that called a host function, seen from that function: the way to the guest's memory.
 *
 * <p>Good for as long as the host function runs, and on its thread.
 */
public final class Caller {
    private final Instance instance;

    Caller(Instance instance) {
        this.instance = instance;
    }

    /**
     * The calling instance.
     *
     * @return the instance; the caller closes it
     */
    public Instance instance() {
        return instance;
    }

    /**
     * The caller's linear memory: see {@link Instance#memory()}.
     *
     * @return the caller's linear memory
     * @throws SignatureException if the guest exports none
     */
    public Memory memory() {
        return instance.memory();
    }

    /**
     * An exported function of the caller, which may be called from here.
     *
     * @param name the name of the function, without its type
     * @return the function
     * @throws SignatureException if there is none of that name
     */
    public Func function(String name) {
        return instance.function(name);
    }
}
