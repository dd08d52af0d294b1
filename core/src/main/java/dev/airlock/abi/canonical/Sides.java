package dev.airlock.abi.canonical;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The ways into the guests of one crossing.
 *
 * @param caller the component that calls another; else the only guest that there is
 * @param callee the component that is called; else the same
 * @param calleeOf {@code (CanonicalContext caller) -> CanonicalContext callee}; null where there is one guest only
 */
record Sides(
        CanonicalFunctions caller,
        CanonicalFunctions callee,
        @Nullable MethodHandle calleeOf) {
    static Sides one(CanonicalFunctions functions) {
        return new Sides(functions, functions, null);
    }
}
