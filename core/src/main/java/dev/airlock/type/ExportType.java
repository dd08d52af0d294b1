package dev.airlock.type;

/**
 * An export of a module.
 *
 * @param name its name
 * @param type what it is
 */
public record ExportType(String name, ExternType type) {}
