package dev.airlock.engine;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.symbol.GuestSymbols;
import dev.airlock.symbols.api.SourceLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where in its sources a module is, told by the {@code .debug_line} section that its compiler left. Nothing is read before
 * the first trap, and what was found then is kept. Only a module with such a section has one of these: its compiled code has
 * line numbers, which are offsets in the bodies of its functions.
 */
final class SourceLines {
    private static final String LINES = ".debug_line";

    /** For one stack trace: a guest's own doing, which it should not make expensive. */
    private static final int MOST_SPOTS = 200;

    private final ModuleDefinition module;
    private final int imported;
    private final int codeSection;
    private final Map<Spot, Optional<SourceLine>> known = new ConcurrentHashMap<>();

    /**
     * A place in compiled code.
     *
     * @param function the index of the function
     * @param line the line of the JVM's stack frame: how many bytes of the body come before the operator, plus one
     */
    record Spot(int function, int line) {}

    private SourceLines(ModuleDefinition module) {
        this.module = module;
        this.imported = module.importedFunctions();
        this.codeSection = module.codeSection();
    }

    /** Returns null if the module has no lines. The service that reads lines is not loaded before the first trap. */
    static @Nullable SourceLines of(ModuleDefinition module) {
        return isIn(module) ? new SourceLines(module) : null;
    }

    /** Returns whether a module says where in its sources its code is. */
    static boolean isIn(ModuleDefinition module) {
        byte[] lines = module.custom(LINES);
        return lines != null && lines.length > 0;
    }

    /** What is known of some places. Never fails: a trap is worth more than its lines. */
    Map<Spot, SourceLine> places(Collection<Spot> spots) {
        Map<Spot, Long> unknown = new HashMap<>();
        for (Spot spot : spots) {
            if (unknown.size() < MOST_SPOTS && !known.containsKey(spot)) {
                unknown.put(spot, address(spot));
            }
        }
        if (!unknown.isEmpty()) {
            find(unknown);
        }
        Map<Spot, SourceLine> places = new HashMap<>();
        for (Spot spot : spots) {
            Optional<SourceLine> place = known.get(spot);
            if (place != null && place.isPresent()) {
                places.put(spot, place.get());
            }
        }
        return places;
    }

    /** Returns the offset in the contents of the code section, which is how debug information counts. */
    private long address(Spot spot) {
        return (long) module.bodies()[spot.function - imported].from() + spot.line - 1 - codeSection;
    }

    private void find(Map<Spot, Long> spots) {
        Map<Long, SourceLine> places = Map.of();
        Set<Long> addresses = new HashSet<>(spots.values());
        try {
            places = GuestSymbols.lines(custom(LINES), custom(".debug_line_str"), custom(".debug_str"), addresses);
        } catch (IndexOutOfBoundsException e) {
            Debug.log("{0} has lines that cannot be read: {1}", module.name(), e);
        }
        for (Map.Entry<Spot, Long> spot : spots.entrySet()) {
            known.put(spot.getKey(), Optional.ofNullable(places.get(spot.getValue())));
        }
    }

    private byte[] custom(String name) {
        return Objects.requireNonNullElse(module.custom(name), new byte[0]);
    }
}
