package dev.airlock.engine;

/**
 * A function that is large once it is compiled to JVM code: over the 8,000 bytes that HotSpot compiles by default.
 *
 * @param name as in stack traces
 * @param bytecodes how many bytes of JVM code it has
 */
public record LargeFunction(String name, int bytecodes) {}
