package dev.airlock.abi;

import java.lang.invoke.MethodHandle;

/**
 * A function that one side has and the other calls: planned once, compiled or interpreted for each way to it.
 *
 * @param <F> the functions that the plan's steps call
 */
public interface PlannedCall<F> {
    /** The steps. */
    Plan plan();

    /** Binds the steps to functions. */
    Abi abi(F functions);

    /** Returns the steps in words: what {@code toString} of the plan prints. */
    default String explain() {
        return plan().toString();
    }

    /**
     * Compiles the plan to straight-line code.
     *
     * @return {@code (context, P…) -> R}, where types that the JDK does not have are {@code Object}
     */
    default MethodHandle compile(F functions) {
        return PlanCompiler.compile(plan(), abi(functions));
    }

    /** Returns the same by interpreting the plan step by step: slower and simpler, to compare the code with. */
    default MethodHandle interpret(F functions) {
        return PlanInterpreter.handle(plan(), abi(functions));
    }
}
