package dev.airlock.abi.placed;

import java.lang.invoke.MethodHandle;

/**
 * The ways into a guest for a crossing: method handles whose first parameter is the guest's instance, as an {@code
 * Object}, then the core parameters. They neither enter nor leave the instance: the caller of the crossing does.
 *
 * @param target the function that is called
 * @param allocate {@code (guest, size: int[, align or class: int]) -> int}, or {@code -> long} for the fat form
 * @param free {@code (guest, ptr: int[, size: int[, align: int]])}, or {@code (guest, fat: long)}
 * @param pin {@code (guest, ptr: int)}
 * @param unpin {@code (guest, ptr: int)}
 * @param stackPointer {@code (guest, bytes: int) -> int}: moves the shadow stack's pointer, and returns it
 * @param memory {@code (guest) -> Memory}
 */
public record GuestFunctions(
        MethodHandle target,
        MethodHandle allocate,
        MethodHandle free,
        MethodHandle pin,
        MethodHandle unpin,
        MethodHandle stackPointer,
        MethodHandle memory) {}
