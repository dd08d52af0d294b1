package dev.airlock.engine;

import org.jspecify.annotations.Nullable;

/** Tells a listener how far the compilation of one module has come. Safe for several threads, which tell one after the other. */
final class CompileProgress {
    private final Engine.@Nullable CompileListener listener;
    private final String module;
    private final int total;
    private int compiled;

    CompileProgress(Engine.@Nullable CompileListener listener, String module, int total) {
        this.listener = total == 0 ? null : listener;
        this.module = module;
        this.total = total;
    }

    synchronized void begins() {
        tell();
    }

    /** So many more functions are compiled. */
    synchronized void compiled(int functions) {
        // The last is left to the end, when the code can be run.
        int known = Math.min(compiled + functions, total - 1);
        if (known > compiled) {
            compiled = known;
            tell();
        }
    }

    synchronized void ends() {
        compiled = total;
        tell();
    }

    private void tell() {
        if (listener != null) {
            listener.compiled(module, compiled, total);
        }
    }
}
