/**
 * What a guest may reach: arguments, environment, standard streams, folders.
 *
 * <p>A guest gets nothing by default. {@link dev.airlock.wasi.WasiCtx} says what it gets, in the style of wasmtime's
 * {@code WasiCtxBuilder}, and adds it to a linker. Today the functions behind it are Endive's; nothing outside this room
 * knows.
 */
@NullMarked
package dev.airlock.wasi;

import org.jspecify.annotations.NullMarked;
