package dev.airlock.type;

/**
 * An import of a module: what it needs from its host.
 *
 * @param module the first of the import's two names
 * @param name the second
 * @param type what it has to be
 */
public record ImportType(String module, String name, ExternType type) {}
