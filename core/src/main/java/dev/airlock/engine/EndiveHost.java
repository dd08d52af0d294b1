package dev.airlock.engine;

import java.util.List;
import java.util.function.Supplier;
import run.endive.runtime.ImportFunction;

/**
 * Host functions that are written against Endive itself: those of its WASI, until Airlock has its own.
 *
 * <p>Public for the room {@code wasi} alone; no program should use it.
 *
 * @param open makes the functions for one instance
 */
public record EndiveHost(Supplier<Opened> open) {
    /**
     * The functions of one instance.
     *
     * @param functions by their import names
     * @param resource closed with the instance
     */
    public record Opened(List<? extends ImportFunction> functions, AutoCloseable resource) {}

    /** Has these functions made for each instance whose module imports from a module of this name. */
    public void define(Linker linker, String module) {
        linker.perInstance(module, this);
    }
}
