/**
 * What a guest may reach: arguments, environment, standard streams, folders, clocks, randomness, listening sockets.
 *
 * <p>A guest gets nothing by default. {@link dev.airlock.wasi.WasiCtx} says what it gets, in the style of wasmtime's
 * {@code WasiCtxBuilder}; {@link dev.airlock.wasi.Sandbox} is that for one instance, opened, for the doors of WASI that are
 * rooms of their own.
 */
@NullMarked
package dev.airlock.wasi;

import org.jspecify.annotations.NullMarked;
