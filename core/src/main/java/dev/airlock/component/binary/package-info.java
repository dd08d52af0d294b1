/**
 * The binary format of components (component model, Binary): decodes bytes to definitions without resolving indices.
 *
 * <p>{@code ComponentDecoder} reads the sections and passes their contents to {@code DefinitionDecoder}, which reads the
 * kinds of definitions with {@code TypeDecoder}, {@code CoreTypeDecoder} and {@code CanonDecoder}. The result is a
 * {@code ParsedComponent}: definitions in order, indices as encoded, core modules as ranges of the file. Counts, nesting and
 * lengths are bounded here, and each error has the offset of its byte.
 */
@NullMarked
package dev.airlock.component.binary;

import org.jspecify.annotations.NullMarked;
