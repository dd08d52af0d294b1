package dev.airlock.engine;

import java.util.Map;
import java.util.Set;

/**
 * What compiling a module gives: JVM classes, not loaded yet. It can be kept on disk.
 *
 * @param mainClass the class that implements Endive's {@code Machine}
 * @param classes the classes by their binary names
 * @param interpreted the indices of functions too large for one JVM method, which Endive's interpreter runs
 */
record CompiledCode(String mainClass, Map<String, byte[]> classes, Set<Integer> interpreted) {}
