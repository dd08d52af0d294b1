package dev.airlock.engine;

import dev.airlock.engine.SourceLines.Spot;
import dev.airlock.symbols.api.SourceLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map<Module, Map<Spot, SourceLine>> places = places(modules, frames);
        boolean inside = true;
        boolean wasPart = false;
        for (StackTraceElement frame : frames) {
            Module module = owner(modules, frame);
            if (module != null) {
                inside = false;
                Spot spot = spot(module, frame);
                // Only the innermost part of a function tells where it is.
                boolean isCallOfPart = wasPart;
                wasPart = module.code().isPart(frame);
                if (spot != null && !isCallOfPart) {
                    String function = names.name(module, spot.function());
                    functions.add(function);
                    trace.add(element(
                            module,
                            function,
                            places.getOrDefault(module, Map.of()).get(spot)));
                }
            } else if (!isMachinery(frame.getClassName(), inside)) {
                inside &= !frame.getClassName().equals(GUEST_CLASS);
                trace.add(frame);
            }
        }
        return new GuestStack(trace.toArray(StackTraceElement[]::new), List.copyOf(functions));
    }

    private static Map<Module, Map<Spot, SourceLine>> places(Collection<Module> modules, StackTraceElement[] frames) {
        var spots = new HashMap<Module, Set<Spot>>();
        for (StackTraceElement frame : frames) {
            Module module = frame.getLineNumber() > 0 ? owner(modules, frame) : null;
            Spot spot = module == null ? null : spot(module, frame);
            if (module != null && spot != null) {
                spots.computeIfAbsent(module, m -> new LinkedHashSet<>()).add(spot);
            }
        }
        var places = new HashMap<Module, Map<Spot, SourceLine>>();
        spots.forEach((module, of) -> {
            SourceLines lines = module.sourceLines();
            places.put(module, lines == null ? Map.of() : lines.places(of));
        });
        return places;
    }

    /** Returns an element with the module in the place of the file, or, if the line is known, in the place of the Java module. */
    private static StackTraceElement element(Module module, String function, @Nullable SourceLine place) {
        return place == null
                ? new StackTraceElement(GUEST_CLASS, function, module.name(), -1)
                : new StackTraceElement(
                        null, module.name(), null, GUEST_CLASS, function, TraceText.shown(place.file()), place.line());
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

    /** Returns the place that a frame stands for; null for code of a module that is no function of it. */
    private static @Nullable Spot spot(Module module, StackTraceElement frame) {
        int function = module.code().functionOf(frame);
        return function < 0 ? null : new Spot(function, frame.getLineNumber());
    }

    static @Nullable Module owner(Collection<Module> modules, StackTraceElement frame) {
        for (Module module : modules) {
            if (module.code().owns(frame)) {
                return module;
            }
        }
        return null;
    }

    /** Our own frames between a guest and its host say nothing to a reader. */
    private static boolean isMachinery(String type, boolean inside) {
        return type.startsWith("java.lang.invoke.")
                || type.startsWith(HostAdapters.class.getName())
                || type.startsWith(HostRef.class.getName())
                || type.startsWith(TracedCall.class.getName())
                || type.startsWith(CoreFunc.class.getName())
                || type.startsWith(GuestEntries.class.getName())
                || type.equals(Compartment.class.getName())
                || type.equals(RecordedCall.class.getName())
                || type.equals(Faults.class.getName())
                || type.equals(GuestStack.class.getName())
                || (inside
                        && (type.startsWith("dev.airlock.memory.")
                                || type.startsWith("dev.airlock.engine.runtime.")
                                || type.startsWith("dev.airlock.engine.vector.")
                                || type.startsWith("java.")
                                || type.startsWith("jdk.")));
    }
}
