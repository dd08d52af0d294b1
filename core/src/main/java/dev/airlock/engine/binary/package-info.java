/**
 * The binary format of core modules (core specification, chapter 5): decoded, with the byte of every error, and nothing looked up.
 *
 * <p>{@link dev.airlock.engine.binary.ModuleDecoder} reads a whole module, {@link
 * dev.airlock.engine.binary.ModuleOutline} only what it imports and exports. Custom sections never fail a module: {@link
 * dev.airlock.engine.binary.FunctionNames} and {@link dev.airlock.engine.binary.Producers} read those that are well-formed.
 */
@NullMarked
package dev.airlock.engine.binary;

import org.jspecify.annotations.NullMarked;
