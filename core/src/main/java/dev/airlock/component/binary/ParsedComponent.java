package dev.airlock.component.binary;

import java.util.List;

/**
 * A component as its bytes say it, nothing looked up yet (Binary, "Component Definitions").
 *
 * @param start the offset of its first byte in the file; above 0 for a nested one
 * @param end the offset behind its last byte
 * @param definitions in order, since each may refer to those before it only. The index spaces of all sorts are filled in
 *     this order
 * @param customSections in order
 */
public record ParsedComponent(int start, int end, List<Definition> definitions, List<CustomSection> customSections) {
    /**
     * What tools left for tools.
     *
     * @param start the offset of its contents, behind the name
     * @param end the offset behind its last byte
     */
    public record CustomSection(String name, int start, int end) {}

    public ParsedComponent {
        definitions = List.copyOf(definitions);
        customSections = List.copyOf(customSections);
    }

    /** How many core modules there are, in those nested in it too. */
    public long coreModuleCount() {
        long count = 0;
        for (Definition definition : definitions) {
            if (definition instanceof Definition.CoreModule) {
                count++;
            } else if (definition instanceof Definition.Nested nested) {
                count += nested.component().coreModuleCount();
            }
        }
        return count;
    }
}
