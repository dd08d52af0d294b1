package dev.airlock.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace with a guest's functions by name.
 *
 * @param trace all frames, the guest's as methods of the class {@code wasm}
 * @param functions the guest's alone, innermost first
 */
record GuestStack(StackTraceElement[] trace, List<String> functions) {
    private static final String GUEST_CLASS = "wasm";

    static GuestStack rewrite(Collection<Module> modules, StackTraceElement[] frames) {
        var trace = new ArrayList<StackTraceElement>(frames.length);
        var functions = new ArrayList<String>();
        var names = new Names();
        boolean inside = true;
        for (StackTraceElement frame : frames) {
            Module module = owner(modules, frame);
            if (module != null) {
                inside = false;
                String method = frame.getMethodName();
                if (method.startsWith(CodeCompiler.METHOD_PREFIX)) {
                    int index = Integer.parseInt(method.substring(CodeCompiler.METHOD_PREFIX.length()));
                    if (module.isImported(index)) {
                        // Endive's stub on the way to what is imported: no function of this guest.
                        continue;
                    }
                    String function = names.name(module, index);
                    functions.add(function);
                    trace.add(new StackTraceElement(GUEST_CLASS, function, module.name(), -1));
                }
            } else if (!isMachinery(frame.getClassName(), inside)) {
                trace.add(frame);
            }
        }
        return new GuestStack(trace.toArray(StackTraceElement[]::new), List.copyOf(functions));
    }

    /** Names of functions for one trace: each is read once, and no more than a guest may cost by what it is named. */
    private static final class Names {
        private static final int MOST_READ = 200;

        private final Map<Module, Map<Integer, String>> known = new HashMap<>();
        private int read;

        String name(Module module, int index) {
            return known.computeIfAbsent(module, key -> new HashMap<>())
                    .computeIfAbsent(
                            index,
                            key -> read++ < MOST_READ
                                    ? module.readableName(index)
                                    : TraceText.shown(module.functionName(index)));
        }
    }

    private static @Nullable Module owner(Collection<Module> modules, StackTraceElement frame) {
        for (Module module : modules) {
            if (module.code().owns(frame)) {
                return module;
            }
        }
        return null;
    }

    /** Endive's and our own frames between a guest and its host say nothing to a reader. */
    private static boolean isMachinery(String type, boolean inside) {
        return type.startsWith("run.endive.")
                || type.startsWith("java.lang.invoke.")
                || type.equals(HostAdapters.class.getName())
                || type.equals(HostImport.class.getName())
                || type.equals(TracedCall.class.getName())
                || type.startsWith(CoreFunc.class.getName())
                || type.equals(Compartment.class.getName())
                || type.equals(GuestMachine.class.getName())
                || type.equals(RecordedCrossing.class.getName())
                || type.equals(Faults.class.getName())
                || type.equals(GuestStack.class.getName())
                || (inside && type.startsWith("dev.airlock.memory."));
    }
}
