package dev.airlock.engine.compile;

import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import java.util.concurrent.atomic.AtomicLong;

/** What the compilation of one module may still take; several threads take from it. */
final class CompileBudget {
    /**
     * In all functions of a module. A declaration of 50,000 locals takes three bytes, so without this limit 800 KB of module
     * declare 5 billion.
     */
    private static final long MOST_LOCALS = 50_000_000;

    private final String module;
    private final CompileLimits limits;
    private final long began = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong locals = new AtomicLong();

    CompileBudget(String module, CompileLimits limits) {
        this.module = module;
        this.limits = limits;
    }

    /** Checks the time, and whether this thread is interrupted. */
    void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ModuleException(
                    module, ModuleException.UNKNOWN_OFFSET, "interrupted while it was compiled", null);
        }
        long taken = System.nanoTime() - began;
        if (taken > limits.time().toNanos()) {
            throw LimitException.stopped(
                    LimitException.Kind.COMPILATION,
                    "ms to compile " + module,
                    limits.time().toMillis(),
                    // Rounded up, so that it is more than the limit.
                    (taken + 999_999) / 1_000_000,
                    "",
                    null);
        }
    }

    void checkLocals(int function, int count) {
        if (count > limits.locals()) {
            throw new LimitException(
                    LimitException.Kind.COMPILATION,
                    "local variables of function " + function + " of " + module,
                    limits.locals(),
                    count);
        }
        long all = locals.addAndGet(count);
        if (all > MOST_LOCALS) {
            throw new LimitException(
                    LimitException.Kind.COMPILATION,
                    "local variables of all functions of " + module + " up to function " + function,
                    MOST_LOCALS,
                    all);
        }
    }

    /** Adds the bytes of what is finished. */
    void add(long made) {
        long all = bytes.addAndGet(made);
        if (all > limits.codeBytes()) {
            throw new LimitException(
                    LimitException.Kind.COMPILATION, "bytes of code of " + module, limits.codeBytes(), all);
        }
    }
}
