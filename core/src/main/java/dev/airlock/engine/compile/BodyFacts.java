package dev.airlock.engine.compile;

import java.util.BitSet;

/** What the compiler wants to know of a body before the first operator. */
final class BodyFacts {
    int[] locals = {};
    int[] results = {};
    int parameters;

    /** Locals that are set after the entry. */
    final BitSet assigned = new BitSet();

    /** Constructs that are the target of a branch, by number in order of their start from 1; 0 is the body. */
    final BitSet targets = new BitSet();

    boolean loops;
    boolean calls;
    boolean tailCalls;
    boolean handlers;
    boolean usesMemory;
    boolean storesMemory;

    void begin(int[] localTypes, int[] resultTypes, int parameterCount) {
        locals = localTypes;
        results = resultTypes;
        parameters = parameterCount;
    }

    void load(int memory) {
        usesMemory |= memory == 0;
    }

    void store(int memory) {
        usesMemory |= memory == 0;
        storesMemory |= memory == 0;
    }
}
