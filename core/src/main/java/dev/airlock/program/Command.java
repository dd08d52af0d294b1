package dev.airlock.program;

import dev.airlock.limit.Limits;
import dev.airlock.wasi.WasiCtx;

/** What a program runs: knows of which kind the guest is, and through which WASI version it sees the host. Thread-safe. */
interface Command {
    /** Returns the name of the guest in errors. */
    String name();

    /**
     * Runs the guest in a fresh instance, in this thread, until it ends.
     *
     * @return the exit code
     */
    int run(WasiCtx ctx, Limits limits);
}
