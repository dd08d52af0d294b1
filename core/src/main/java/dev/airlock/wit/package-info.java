/**
 * Converts text to types and back, and text to values and back.
 *
 * <p>{@link dev.airlock.wit.WitSignatures} reads WIT: declarations of types, and the signatures of functions (component
 * model, WIT.md). {@link dev.airlock.wit.Wave} reads and prints values in WAVE, the WebAssembly Value Encoding of the
 * wasm-wave project, and {@link dev.airlock.wit.WaveCall} reads a call such as {@code greet("Ada")}.
 *
 * <p>Text may come from an attacker. Any text is read, or refused with one of two exceptions: {@link
 * dev.airlock.error.WitException} for text that is not well-formed, and {@link dev.airlock.error.ValueException} for a
 * value that does not fit its type.
 */
@NullMarked
package dev.airlock.wit;

import org.jspecify.annotations.NullMarked;
