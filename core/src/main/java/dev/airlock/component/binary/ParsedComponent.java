package dev.airlock.component.binary;

import java.util.List;

/**
 * A decoded component, before indices are resolved (Binary, "Component Definitions").
 *
 * @param start the offset of its first byte in the file; above 0 for a nested component
 * @param end the offset after its last byte
 * @param definitions the definitions in order. Each may refer only to earlier ones. The index spaces of all sorts are filled
 *     in this order
 * @param customSections the custom sections in order
 */
public record ParsedComponent(
        int start, int end, List<ComponentDefinition> definitions, List<CustomSection> customSections) {
    /**
     * A custom section: data that tools left for tools.
     *
     * @param start the offset of its contents, after the name
     * @param end the offset after its last byte
     */
    public record CustomSection(String name, int start, int end) {}

    public ParsedComponent {
        definitions = List.copyOf(definitions);
        customSections = List.copyOf(customSections);
    }

    /** The number of core modules, including those in nested components. */
    public long coreModuleCount() {
        long count = 0;
        for (ComponentDefinition definition : definitions) {
            if (definition instanceof ComponentDefinition.CoreModule) {
                count++;
            } else if (definition instanceof ComponentDefinition.Nested nested) {
                count += nested.component().coreModuleCount();
            }
        }
        return count;
    }
}
