/**
 * What can go wrong, each kind a type of its own, so that a caller can tell them apart without reading messages.
 *
 * <p>Every failure names the place: in the guest (module, function, import), in the data (a path), or in memory
 * (offset, length, size). All are unchecked and extend {@link dev.airlock.error.AirlockException}. A message never
 * prints a whole payload.
 *
 * <table>
 * <caption>Which is thrown when</caption>
 * <tr><th>what went wrong</th><th>type</th></tr>
 * <tr><td>not a module, truncated, invalid, a wrong version</td><td>{@link dev.airlock.error.ModuleException}</td></tr>
 * <tr><td>imports that are missing or of the wrong type</td><td>{@link dev.airlock.error.LinkException}</td></tr>
 * <tr><td>a Java type or interface that does not fit a guest's export</td>
 *     <td>{@link dev.airlock.error.SignatureException}</td></tr>
 * <tr><td>a value that does not fit its type</td><td>{@link dev.airlock.error.ValueException}</td></tr>
 * <tr><td>text that is not WIT or WAVE</td><td>{@link dev.airlock.error.WitException}</td></tr>
 * <tr><td>the host reaches outside guest memory</td><td>{@link dev.airlock.error.MemoryAccessException}</td></tr>
 * <tr><td>the guest traps, or a host function that it called throws</td><td>{@link dev.airlock.error.Trap}</td></tr>
 * <tr><td>the guest throws an exception to a host function that called it</td>
 *     <td>{@link dev.airlock.error.WasmException}; a {@code Trap} if it leaves the outermost call</td></tr>
 * <tr><td>the guest exits</td><td>{@link dev.airlock.error.ExitException}, or the exit code of a program's result</td></tr>
 * <tr><td>a limit is passed, by a call or by a compilation</td><td>{@link dev.airlock.error.LimitException}</td></tr>
 * <tr><td>an instance that cannot be entered now: other thread, trapped before, exited, closed</td>
 *     <td>{@link dev.airlock.error.InstanceStateException}</td></tr>
 * <tr><td>a program that exits with a code other than 0, or answers what cannot be read</td>
 *     <td>{@link dev.airlock.error.ProgramException}</td></tr>
 * </table>
 */
@NullMarked
package dev.airlock.error;

import org.jspecify.annotations.NullMarked;
