package dev.airlock.engine.code;

import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.wasm.types.TypeSection;

/**
 * Calls through a table into another instance. Compiled guest code comes here instead of to Endive's own helper, which
 * compares the number that a type has in one module with the number that a type has in the other.
 *
 * <p>Public since guest code, which has a class loader of its own, calls it; no program should.
 */
public final class IndirectCalls {
    private IndirectCalls() {}

    /**
     * Calls a function with no references in its type.
     *
     * @param type the number of its type in the caller's module
     * @param caller a class of the caller's code
     */
    public static long[] call(long[] args, int type, int function, Instance callee, Class<?> caller) {
        check(type, function, callee, caller);
        return machine(callee).callFromOutside(function, args);
    }

    /** Calls a function with references in its type. */
    public static CallResult callWithRefs(
            long[] args, Object[] refs, int type, int function, Instance callee, Class<?> caller) {
        check(type, function, callee, caller);
        return machine(callee).callFromOutside(function, args, refs);
    }

    private static GuardedMachine machine(Instance callee) {
        if (callee.getMachine() instanceof GuardedMachine machine) {
            return machine;
        }
        throw new IllegalStateException("an instance that Airlock did not make");
    }

    /** Core specification, section 4.6.8: the function's type has to be the expected one, or a subtype. */
    private static void check(int type, int function, Instance callee, Class<?> caller) {
        TypeSection calleeTypes = callee.module().typeSection();
        TypeSection callerTypes = LoadedCode.typesOf(caller);
        int actual = callee.functionType(function);
        while (!TypeSection.crossModuleCanonicallyEquivalent(calleeTypes, actual, callerTypes, type)) {
            int[] supertypes = calleeTypes.getSubType(actual).typeIdx();
            if (supertypes.length == 0) {
                throw new run.endive.runtime.TrapException("indirect call type mismatch");
            }
            actual = supertypes[0];
        }
    }
}
