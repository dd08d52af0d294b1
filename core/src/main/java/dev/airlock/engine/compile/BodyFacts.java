package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.simd.VectorForms;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the compiler wants to know of a body before the first operator. */
final class BodyFacts {
    int[] locals = {};
    int[] results = {};
    int parameters;

    /** Locals that are read or set; all others take no room. */
    final BitSet used = new BitSet();

    /** Locals that are set after the entry. */
    final BitSet assigned = new BitSet();

    /** Whether the locals lie in {@link dev.airlock.engine.runtime.PartLocals}, where parts find them. */
    boolean keepsLocals;

    /** Constructs that are the target of a branch, by number in order of their start from 1; 0 is the body. */
    final BitSet targets = new BitSet();

    /** Of blocks that begin outside of a part and end in it, by number, that part. */
    final Map<Integer, Part> endsIn = new HashMap<>();

    boolean calls;
    boolean tailCalls;
    boolean handlers;

    /** Whether code is to be small rather than fast: stores are methods, so that the function fits into one method. */
    boolean isCompact;

    boolean usesMemory;
    boolean storesMemory;

    /** Whether there are vectors, so that their forms have to be chosen. */
    boolean vectors;

    private @Nullable VectorForms forms;

    void choose(VectorForms chosen) {
        forms = chosen;
    }

    /** Returns the chosen forms of the body's vectors. */
    VectorForms forms() {
        return Objects.requireNonNull(forms);
    }

    /** Returns the carrier of a local, or for a vector the letter of its form. */
    char letter(int local) {
        char carrier = ValueTypes.carrier(locals[local]);
        return carrier == 'V' ? forms().ofLocal(local).letter() : carrier;
    }

    void begin(int[] localTypes, int[] resultTypes, int parameterCount) {
        locals = localTypes;
        results = resultTypes;
        parameters = parameterCount;
        for (int type : localTypes) {
            vectors |= type == ValueTypes.V128;
        }
    }

    void load(int memory) {
        usesMemory |= memory == 0;
    }

    void store(int memory) {
        usesMemory |= memory == 0;
        storesMemory |= memory == 0;
    }

    // Where each local lies in the spill, or among the kept locals, while a part of the function is called.

    private int @Nullable [] spilled;
    private int spilledNumbers;
    private int spilledReferences;

    /** Returns the place of a local in the spill or among the kept locals, for numbers or references. */
    int spillPlace(int local) {
        int[] known = spilled;
        if (known == null) {
            known = new int[locals.length];
            for (int i = 0; i < known.length; i++) {
                char carrier = ValueTypes.carrier(locals[i]);
                if (!used.get(i)) {
                    known[i] = -1;
                } else if (carrier == 'L') {
                    known[i] = spilledReferences++;
                } else {
                    known[i] = spilledNumbers;
                    spilledNumbers += carrier == 'V' ? 2 : 1;
                }
            }
            spilled = known;
        }
        return known[local];
    }

    /** Returns the first place in the spill behind the locals, which is for operands. */
    int afterLocals(boolean references) {
        return keepsLocals ? 0 : keptLocals(references);
    }

    /** Returns how many places the locals take. */
    int keptLocals(boolean references) {
        if (locals.length > 0) {
            spillPlace(0);
        }
        return references ? spilledReferences : spilledNumbers;
    }
}
