package dev.airlock.engine.load;

import java.util.Map;

/**
 * The class of some functions, not loaded yet, and further ones for parts of large functions.
 *
 * @param name the binary name of the class with the methods by which the functions are called
 * @param classes the class files by their binary names
 * @param methods the names of their methods that are code of functions
 * @param functions for each of these methods, the index of the function; the first method of a function is the one that is
 *     called, all others are parts of it
 * @param large the functions with a method of more JVM code than HotSpot compiles by default, and how many bytes it has
 */
public record CompiledGroup(
        String name, Map<String, byte[]> classes, String[] methods, int[] functions, Map<Integer, Integer> large) {
    public CompiledGroup {
        classes = Map.copyOf(classes);
    }

    /** Returns how many functions it has. */
    public int count() {
        int count = 0;
        for (int i = 0; i < functions.length; i++) {
            count += isFirst(i) ? 1 : 0;
        }
        return count;
    }

    /** Whether a method is the one by which its function is called. The methods of a function stand together. */
    boolean isFirst(int method) {
        return method == 0 || functions[method] != functions[method - 1];
    }

    /** Returns the name of the method with the body of a function whose own method calls that, for tail calls. */
    public static String bodyName(String method) {
        return method + "\u00B7body";
    }
}
