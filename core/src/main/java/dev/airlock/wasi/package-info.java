/**
 * What a guest may reach: arguments, environment, standard streams, folders, clocks, randomness and listening sockets.
 *
 * <p>A guest gets nothing by default. {@link dev.airlock.wasi.WasiCtx} sets what it gets, in the style of wasmtime's
 * {@code WasiCtxBuilder}. {@link dev.airlock.wasi.Sandbox} is the opened form of that for one instance; each WASI
 * version has a package of its own on top of it.
 */
@NullMarked
package dev.airlock.wasi;

import org.jspecify.annotations.NullMarked;
