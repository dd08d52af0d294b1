package dev.airlock.type;

/**
 * An import of a module: something that it needs from its host.
 *
 * @param module the first of the import's two names
 * @param name the second name
 * @param type the required type
 */
public record ImportType(String module, String name, ExternType type) {}
