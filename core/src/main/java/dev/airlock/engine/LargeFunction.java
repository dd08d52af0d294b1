package dev.airlock.engine;

/**
 * A guest's function of which one JVM method is larger than the 8,000 bytes that HotSpot compiles by default.
 *
 * @param name the function's name, as in stack traces
 * @param bytecodes the size of its largest JVM method, in bytes
 */
public record LargeFunction(String name, int bytecodes) {}
