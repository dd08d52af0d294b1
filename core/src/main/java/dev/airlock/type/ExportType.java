package dev.airlock.type;

/**
 * An export of a module.
 *
 * @param name its name
 * @param type its type
 */
public record ExportType(String name, ExternType type) {}
