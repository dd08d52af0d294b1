/**
 * The binary format of components (component model, Binary): from bytes to definitions, nothing looked up yet.
 *
 * <p>{@code ComponentDecoder} walks the sections and hands their contents to {@code DefinitionDecoder}, which knows the
 * kinds of definitions, and on to {@code TypeDecoder}, {@code CoreTypeDecoder} and {@code CanonDecoder}. What comes out is a
 * {@code ParsedComponent}: definitions in order, indices as written, core modules as ranges of the file. Counts, nesting and
 * lengths are bounded here, and each error has the offset of its byte. {@code ExternName} is what imports and exports may be
 * called, {@code Versions} which of two versions of a name serves for the other.
 */
@NullMarked
package dev.airlock.component.binary;

import org.jspecify.annotations.NullMarked;
