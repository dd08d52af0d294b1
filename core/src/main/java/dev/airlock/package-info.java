/**
 * Typed data in and out of WebAssembly guests: {@link dev.airlock.Airlock} opens a guest, {@link dev.airlock.Guest} is
 * what it gives.
 *
 * <p>One level below is {@link dev.airlock.engine}, with the field's own words: engine, module, linker, instance,
 * memory.
 */
@NullMarked
package dev.airlock;

import org.jspecify.annotations.NullMarked;
