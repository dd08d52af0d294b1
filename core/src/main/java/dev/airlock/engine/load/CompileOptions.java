package dev.airlock.engine.load;

/**
 * What decides which code is made of a module, beside its bytes.
 *
 * @param lines whether methods have line numbers: the JVM's line of an operator is 1 plus how many bytes of the function's body
 *     come before it; none if that is more than 65,534
 * @param deterministic whether results do not depend on the machine: NaNs are canonical
 * @param fuel whether the code counts the operators that it executes
 */
public record CompileOptions(boolean lines, boolean deterministic, boolean fuel) {}
