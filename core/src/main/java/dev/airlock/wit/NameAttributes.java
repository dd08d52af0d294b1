package dev.airlock.wit;

import org.jspecify.annotations.Nullable;

/**
 * How an import or an export is named (Binary, "Import and Export Definitions"). What stands beside the name takes no part
 * in matching.
 *
 * @param implemented the interface that an instance of a plain name implements, or null
 * @param externalId a name of the host's own, any text, or null
 */
public record NameAttributes(
        ExternName name,
        ExternName.@Nullable Interface implemented,
        @Nullable String externalId) {}
