package dev.airlock.abi.canonical;

import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ways into a component instance for the code of one crossing: method handles that take its {@link
 * CanonicalContext} first. They are constants of that code, which is made once and shared by all instances of a
 * component.
 *
 * @param target when Java calls: the core function, {@code (CanonicalContext, core parameters…) -> core result}. When
 *     the guest calls: the Java function, {@code (P…) -> R}, without the context
 * @param memory {@code (CanonicalContext) -> LinearMemory}; null if the options name none
 * @param realloc {@code (CanonicalContext, old: int, oldSize: int, align: int, size: int) -> int}; null if the options
 *     name none
 * @param postReturn {@code (CanonicalContext, core results…) -> void}; null for none, and when the guest calls
 * @param resource the number by which {@link CanonicalContext} knows a resource type
 */
public record CanonicalFunctions(
        MethodHandle target,
        @Nullable MethodHandle memory,
        @Nullable MethodHandle realloc,
        @Nullable MethodHandle postReturn,
        ToIntFunction<ResourceType> resource) {}
