package dev.airlock.engine.code;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Counts the functions of one module that are compiled, for a listener. Thread-safe. */
final class CompileProgress {
    /** Heard by no listener. */
    static final CompileProgress NONE = new CompileProgress(null, "", 0);

    private final ModuleCompiler.@Nullable Listener listener;
    private final String module;
    private final int total;
    private final BitSet groups = new BitSet();
    private int compiled;

    CompileProgress(ModuleCompiler.@Nullable Listener listener, String module, int total) {
        this.listener = total == 0 ? null : listener;
        this.module = module;
        this.total = total;
    }

    synchronized void begins() {
        tell();
    }

    /** The class of a group of functions was made, for the first time or again. */
    synchronized void compiled(int group, int importedFunctions) {
        if (listener == null || groups.get(group)) {
            return;
        }
        groups.set(group);
        int from = Math.max(group * CompilerRun.FUNCTIONS_PER_CLASS, importedFunctions);
        int functions = (group + 1) * CompilerRun.FUNCTIONS_PER_CLASS - from;
        // The last is left to the end, which comes after the passes over all classes.
        int known = Math.min(compiled + Math.max(functions, 0), total - 1);
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
