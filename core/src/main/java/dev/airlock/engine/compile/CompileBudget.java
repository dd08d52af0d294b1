package dev.airlock.engine.compile;

import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import java.util.concurrent.atomic.AtomicLong;

/** What the compilation of one module may still take; several threads take from it. */
final class CompileBudget {
    private final String module;
    private final CompileLimits limits;
    private final long began = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();

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
            throw new LimitException(
                    LimitException.Kind.COMPILATION,
                    "ms to compile " + module,
                    limits.time().toMillis(),
                    taken / 1_000_000);
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
    }

    /** Adds the bytes of a finished class. */
    void add(int made) {
        long all = bytes.addAndGet(made);
        if (all > limits.codeBytes()) {
            throw new LimitException(
                    LimitException.Kind.COMPILATION, "bytes of code of " + module, limits.codeBytes(), all);
        }
    }
}
