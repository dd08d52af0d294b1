/**
 * The door of WASI preview 1: its functions, on top of what {@link dev.airlock.wasi} gives to a guest.
 *
 * <p>{@link dev.airlock.wasi.preview1.WasiPreview1} adds them to a linker. A function first checks every pointer that it was
 * given, then does what it is asked for; what goes wrong is an {@code errno} for the guest, by the rules of the witx, and by
 * wasmtime's where that is silent. Nothing that the host's streams or files say of a failure reaches the guest but a number.
 */
@NullMarked
package dev.airlock.wasi.preview1;

import org.jspecify.annotations.NullMarked;
