package dev.airlock;

import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.program.Program;

/**
 * A guest that was opened: compiled, and ready to be called as often as wanted.
 *
 * <p>Today a guest is a program (a WASI command) or a library whose functions are called one level below, through
 * {@link #module()} and a {@link dev.airlock.engine.Linker}.
 */
public final class Guest implements AutoCloseable {
    private final Module module;

    Guest(Module module) {
        this.module = module;
    }

    /** What it was compiled to. */
    public Module module() {
        return module;
    }

    /**
     * This guest as a program.
     *
     * @throws SignatureException if it is none
     */
    public Program program() {
        return Program.of(module);
    }

    /**
     * This guest as a Java interface. For a program that is {@link Program#as}: one method, whose parameter and result
     * cross as JSON, each call in a fresh instance.
     *
     * @throws SignatureException if the guest is no program, or the interface cannot stand for one
     */
    public <T> T as(Class<T> type) {
        if (!module.isCommand()) {
            throw new SignatureException(
                    module.name() + " is a library; this version binds interfaces to programs only."
                            + " Instantiate its module() with a Linker and call its functions");
        }
        return program().as(type);
    }

    /** Releases what the host holds for this guest. */
    @Override
    public void close() {
        // Runs release what they held when they end, and compiled code goes with the module: nothing is left here
        // today.
    }

    @Override
    public String toString() {
        return "guest " + module.name();
    }
}
