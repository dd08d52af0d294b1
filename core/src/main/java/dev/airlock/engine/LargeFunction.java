package dev.airlock.engine;

/**
 * A function that is large once it is compiled to JVM code.
 *
 * @param name as in stack traces
 * @param bytecodes how many bytes of JVM code it has, or would have
 * @param interpreted whether it is over the 65,535 bytes that a JVM method may have, so that Endive's interpreter runs it;
 *     else it is over the 8,000 that HotSpot compiles
 */
public record LargeFunction(String name, int bytecodes, boolean interpreted) {}
