package dev.airlock.wit;

import org.jspecify.annotations.Nullable;

/**
 * The name of an import or export with its attributes (Binary, "Import and Export Definitions"). Matching ignores the
 * attributes.
 *
 * @param implemented the interface that an instance with a plain name implements, or null
 * @param externalId a name for the host, any text, or null
 */
public record NameAttributes(
        ExternName name,
        ExternName.@Nullable Interface implemented,
        @Nullable String externalId) {}
