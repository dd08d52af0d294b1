/**
 * How each guest language places values.
 *
 * <p>WebAssembly has numbers only, so every toolchain has its own habit for strings and bytes: where they lie, how the
 * guest is asked for room, who gives it back. A {@link dev.airlock.convention.Convention} is such a habit as a value. It
 * allows several forms, for habits are loose; the core type of a function says which of them the function has, and
 * {@link dev.airlock.convention.Convention#resolve} finds it. {@link dev.airlock.convention.Detection} tells which
 * convention a module follows, and why.
 *
 * <table>
 * <caption>The presets</caption>
 * <tr><th>name</th><th>allocate / free</th><th>in</th><th>back</th><th>who frees in / back</th><th>aggregates</th></tr>
 * <tr><td>{@code c}</td><td>{@code malloc(size)} / {@code free(ptr)}</td>
 *     <td>{@code (ptr, len)}, or NUL-terminated</td>
 *     <td>{@code ptr<<32 | len}, return pointer, two results, or NUL-terminated</td><td>host / host</td><td>JSON</td></tr>
 * <tr><td>{@code rust}</td><td>{@code alloc} or {@code allocate(size)} / {@code dealloc} or
 *     {@code deallocate(ptr, size)}</td><td>{@code (ptr, len)}</td><td>{@code ptr<<32 | len}</td>
 *     <td>host, or guest by an option / host</td><td>JSON</td></tr>
 * <tr><td>{@code tinygo}</td><td>{@code malloc(size)} / {@code free(ptr)}</td>
 *     <td>{@code (ptr, len)}, or {@code (ptr, len, cap)}</td><td>return pointer, or {@code ptr<<32 | len}</td>
 *     <td>host / collector by return pointer, host when packed</td><td>JSON</td></tr>
 * <tr><td>{@code go}</td><td>what the guest exports</td><td>{@code (ptr, len)}</td><td>{@code ptr<<32 | len}</td>
 *     <td>host / host</td><td>JSON</td></tr>
 * <tr><td>{@code assemblyscript}</td><td>{@code __new(size, id)}, {@code __pin}, {@code __unpin}</td>
 *     <td>managed object, pinned for the call</td><td>managed object</td><td>collector / collector</td>
 *     <td>managed objects; JSON if it is asked for</td></tr>
 * <tr><td>{@code wasm-bindgen}</td><td>{@code __wbindgen_malloc(size, align)} /
 *     {@code __wbindgen_free(ptr, size, align)}</td><td>{@code (ptr, len)}</td><td>two results, or return pointer on the shadow stack</td>
 *     <td>guest / host</td><td>none</td></tr>
 * <tr><td>{@code fp-bindgen}</td><td>{@code __fp_malloc(len)} / {@code __fp_free(fat)}</td>
 *     <td>{@code ptr<<32 | len}</td><td>{@code ptr<<32 | len}</td><td>guest / host</td>
 *     <td>MessagePack, strings and lists too</td></tr>
 * </table>
 */
@NullMarked
package dev.airlock.convention;

import org.jspecify.annotations.NullMarked;
