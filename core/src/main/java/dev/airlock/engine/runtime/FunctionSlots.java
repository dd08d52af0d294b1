package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.ValidModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the functions of a module that can be referenced, from 1 on, so that tables hold them as {@code int}s and each type has
 * one range of numbers: {@code call_indirect} is a switch. The order depends on the module's bytes alone, so cached code knows it.
 */
public final class FunctionSlots {
    private final int imported;
    private final int[] ofFunction;
    private final int[] functionAt;
    private final Map<DefinedType, Range> ranges = new LinkedHashMap<>();

    /** Slots of one type: from the first to before the end. */
    public record Range(int first, int end) {}

    private FunctionSlots(int imported, int defined, int count) {
        this.imported = imported;
        ofFunction = new int[defined];
        functionAt = new int[count + 1];
    }

    public static FunctionSlots of(ValidModule module) {
        int imported = module.importedFunctions();
        BitSet referenced = module.referencedFunctions();
        Map<DefinedType, List<Integer>> byType = new LinkedHashMap<>();
        int count = 0;
        for (int f = referenced.nextSetBit(imported); f >= 0; f = referenced.nextSetBit(f + 1)) {
            byType.computeIfAbsent(module.functionType(f), key -> new ArrayList<>())
                    .add(f);
            count++;
        }
        var slots = new FunctionSlots(imported, module.functionCount() - imported, count);
        int next = 1;
        for (Map.Entry<DefinedType, List<Integer>> entry : byType.entrySet()) {
            int first = next;
            for (int function : entry.getValue()) {
                slots.functionAt[next] = function;
                slots.ofFunction[function - imported] = next++;
            }
            slots.ranges.put(entry.getKey(), new Range(first, next));
        }
        return slots;
    }

    /** Returns the slot of a function; 0 for an imported one and for one that cannot be referenced. */
    public int of(int function) {
        return function < imported ? 0 : ofFunction[function - imported];
    }

    /** Returns the function of a slot, which is not 0. */
    public int functionAt(int slot) {
        return functionAt[slot];
    }

    /** Returns how many slots there are, 0 included. */
    public int count() {
        return functionAt.length;
    }

    /** Returns the slots of each type, in order; exact types, no subtypes. */
    public Map<DefinedType, Range> ranges() {
        return ranges;
    }
}
