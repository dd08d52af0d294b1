package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.binary.ReducedModule;
import dev.airlock.engine.code.CodeAnchors.Anchor;
import dev.airlock.error.ModuleException;
import dev.airlock.symbol.GuestSymbols;
import dev.airlock.symbols.api.SourceLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;

/**
 * Where in its sources a module is, told by the {@code .debug_line} section that its compiler left. Nothing is read before
 * the first trap, and what was found then is kept. Only a module with such a section has one of these, and its binary is kept
 * for it: compiled code knows its anchors by number, so their offsets are found in the binary again. Public for
 * the library itself.
 */
public final class SourceLines {
    private static final String LINES = ".debug_line";

    /** For one stack trace: a guest's own doing, which it should not make expensive. */
    private static final int MOST_SPOTS = 200;

    private final String module;
    private final BinaryLayout layout;
    private final byte[] bytes;
    private final int imported;
    private final Map<Spot, Optional<SourceLine>> known = new ConcurrentHashMap<>();

    /** A place in compiled code: a function's index, and which of its anchors, from 1 on. */
    public record Spot(int function, int anchor) {}

    private SourceLines(String module, BinaryLayout layout, byte[] bytes, int imported) {
        this.module = module;
        this.layout = layout;
        this.bytes = bytes;
        this.imported = imported;
    }

    /** Returns null if the module has no lines. The service that reads lines is not loaded before the first trap. */
    static @Nullable SourceLines of(String module, BinaryLayout layout, byte[] bytes, int imported) {
        return isIn(layout, bytes) ? new SourceLines(module, layout, bytes.clone(), imported) : null;
    }

    static boolean isIn(BinaryLayout layout, byte[] bytes) {
        return layout.custom(bytes, LINES).length > 0;
    }

    /** What is known of some places. Never fails: a trap is worth more than its lines. */
    public Map<Spot, SourceLine> places(Collection<Spot> spots) {
        Set<Spot> unknown = new HashSet<>();
        for (Spot spot : spots) {
            if (unknown.size() < MOST_SPOTS && !known.containsKey(spot)) {
                unknown.add(spot);
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

    private void find(Set<Spot> spots) {
        Map<Long, SourceLine> places = Map.of();
        Map<Spot, Long> addresses = Map.of();
        try {
            addresses = addresses(spots);
            places = GuestSymbols.lines(
                    layout.custom(bytes, LINES),
                    layout.custom(bytes, ".debug_line_str"),
                    layout.custom(bytes, ".debug_str"),
                    addresses.values());
        } catch (IndexOutOfBoundsException | ModuleException e) {
            Debug.log("{0} has lines that cannot be read: {1}", module, e);
        }
        for (Spot spot : spots) {
            Long address = addresses.get(spot);
            known.put(spot, Optional.ofNullable(address == null ? null : places.get(address)));
        }
    }

    /** Offsets in the contents of the code section, which is how debug information counts. */
    private Map<Spot, Long> addresses(Set<Spot> spots) {
        Set<Integer> functions = new HashSet<>();
        spots.forEach(spot -> functions.add(spot.function));
        byte[] reduced = ReducedModule.withoutBodies(layout, bytes, imported, functions::contains);
        WasmModule read = WasmReader.read(module, layout, reduced, false);
        Map<Integer, List<Anchor>> anchors = new HashMap<>();
        Map<Spot, Long> addresses = new HashMap<>();
        for (Spot spot : spots) {
            int function = spot.function - imported;
            List<Anchor> all = anchors.computeIfAbsent(
                    function, f -> CodeAnchors.of(read.codeSection().getFunctionBody(f)));
            if (all != null && spot.anchor >= 1 && spot.anchor <= all.size()) {
                addresses.put(
                        spot,
                        (long) layout.bodyEnd(function)
                                - 1
                                - all.get(spot.anchor - 1).beforeEnd());
            }
        }
        return addresses;
    }
}
