package dev.airlock.abi.canonical;

import dev.airlock.memory.linear.LinearMemory;

/** Bytes of a guest's memory that have been checked, to be copied before that guest runs again. */
record Slice(LinearMemory memory, int pointer, int length) {
    static Slice of(LinearMemory memory, int pointer, int count, int size) {
        return new Slice(memory, pointer, count * size);
    }
}
