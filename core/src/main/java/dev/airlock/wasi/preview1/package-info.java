/**
 * WASI preview 1: its functions, on top of what {@link dev.airlock.wasi} gives to a guest.
 *
 * <p>{@link dev.airlock.wasi.preview1.WasiPreview1} adds them to a linker. A function first checks every pointer that
 * it was given, and then acts. A failure is an {@code errno} for the guest, by the rules of the witx, or by those of
 * wasmtime if the witx is silent. If a stream or file of the host fails, the guest sees only the number.
 */
@NullMarked
package dev.airlock.wasi.preview1;

import org.jspecify.annotations.NullMarked;
