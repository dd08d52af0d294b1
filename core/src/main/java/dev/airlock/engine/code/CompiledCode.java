package dev.airlock.engine.code;

import java.util.Map;

/**
 * What compiling a module gives: JVM classes, not loaded yet. It can be kept on disk.
 *
 * @param mainClass the class that implements Endive's {@code Machine}
 * @param classes the classes by their binary names
 * @param functionsPerClass how many functions each class of functions has, in the order of their indices
 * @param interpreted the functions too large for one JVM method, which Endive's interpreter runs: from their indices to the
 *     size that they would have, in bytes of JVM code
 * @param large the functions that are too large for HotSpot to compile by default, in the same form
 * @param importedFunctions how many functions the module imports: their indices come first
 * @param hasTailCalls whether any function has a tail call, which Endive's compiled code runs by a trampoline
 */
record CompiledCode(
        String mainClass,
        Map<String, byte[]> classes,
        int functionsPerClass,
        Map<Integer, Integer> interpreted,
        Map<Integer, Integer> large,
        int importedFunctions,
        boolean hasTailCalls) {}
