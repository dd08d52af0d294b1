package dev.airlock.engine;

import dev.airlock.error.SignatureException;
import dev.airlock.memory.Memory;

/**
 * The guest that called a host function, as the function sees it. It gives access to the guest's memory and exports.
 *
 * <pre>{@code
 * linker.function("env", "log", (Caller caller, int offset, int length) ->
 *     System.out.println(caller.memory().readString(offset, length)));
 * }</pre>
 *
 * <p>A caller may be used while the host function runs, and on its thread.
 */
public final class Caller {
    private final Instance instance;

    Caller(Instance instance) {
        this.instance = instance;
    }

    /**
     * Returns the calling instance.
     *
     * @return the instance that called the host function
     */
    public Instance instance() {
        return instance;
    }

    /**
     * Returns the caller's linear memory: see {@link Instance#memory()}.
     *
     * @return the caller's linear memory
     * @throws SignatureException if the guest exports none
     */
    public Memory memory() {
        return instance.memory();
    }

    /**
     * Returns an exported function of the caller, which may be called from here.
     *
     * @param name the name of the export
     * @return the function
     * @throws SignatureException if there is none of that name
     */
    public Func function(String name) {
        return instance.function(name);
    }
}
