package dev.airlock.engine.runtime;

import dev.airlock.memory.linear.LinearMemory;

/**
 * What an instance imports, in the order of its module's imports of each kind. The caller has matched the types. The arrays are
 * kept and must not be changed afterwards.
 */
public record Imports(
        FuncRef[] functions,
        LinearMemory[] memories,
        TableInstance[] tables,
        GlobalInstance[] globals,
        TagInstance[] tags) {}
