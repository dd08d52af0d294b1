/**
 * Compile, link, instantiate, call: core WebAssembly under the names of wasmtime's embedding API, without a store to
 * pass around.
 *
 * <p>The story of this room: an {@link dev.airlock.engine.Engine} compiles bytes into a
 * {@link dev.airlock.engine.Module}, once. A {@link dev.airlock.engine.Linker} holds what a host offers and makes an
 * {@link dev.airlock.engine.Instance} of a module, as often as wanted. An instance gives out its exports: a
 * {@link dev.airlock.engine.Func} becomes any Java functional interface of its shape, and a
 * {@link dev.airlock.memory.Memory} is the guest's linear memory. A host function that the guest calls meets the guest
 * through its {@link dev.airlock.engine.Caller}.
 *
 * <p>A module is immutable and shared between threads. An instance, and all that it exports, belongs to one thread at a
 * time; a second one that enters is refused.
 *
 * <p>The rooms below do the work: {@code engine.binary} decodes a module, {@code engine.validate} validates it, {@code
 * engine.compile} makes JVM methods of its functions, {@code engine.load} makes classes of these, and {@code engine.runtime} has
 * what exists while they run, with {@code engine.gc} for structs and arrays. {@code engine.simd} and {@code engine.vector} do the
 * same for vectors. This room gives them to hosts: it lets threads in, links, translates failures and keeps compiled code.
 */
@NullMarked
package dev.airlock.engine;

import org.jspecify.annotations.NullMarked;
