package dev.airlock.engine;

import org.jspecify.annotations.Nullable;

/**
 * A host function of any type, whose values are objects: for functions that are defined from data and have vectors or references
 * in their type. {@link Func#invoke} says which objects these are.
 *
 * <pre>{@code
 * CoreFuncType type = new CoreFuncType(List.of(CoreValType.ANYREF), List.of(CoreValType.I32));
 * linker.functionOfValues("env", "size", type, (caller, args) ->
 *     new Object[] {args[0] instanceof StructRef struct ? struct.size() : 0});
 * }</pre>
 */
@FunctionalInterface
public interface HostValues {
    /**
     * Called by a guest, in its thread.
     *
     * @param caller the guest that called
     * @param args one for each parameter; the function may keep the array
     * @return one for each result, of its type
     * @throws Exception ends the guest with a {@link dev.airlock.error.Trap} that has it as its cause, as do results of another
     *     number or type; a {@link dev.airlock.error.WasmException} is for the guest to catch
     */
    @Nullable
    Object[] call(Caller caller, @Nullable Object[] args) throws Exception;
}
