package dev.airlock.symbols.api;

/**
 * A line of source text.
 *
 * @param file the path that the compiler recorded, relative to the folder in which it ran if that is known
 * @param line from 1 on
 */
public record SourceLine(String file, int line) {}
