package dev.airlock.abi;

import dev.airlock.codegen.Inspection;
import dev.airlock.codegen.Register;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One crossing, planned once and run many times: what happens, step by step, when Java calls a guest function or a guest
 * calls Java. Immutable. Tests compare its printed form.
 *
 * @param name of the function, for errors
 * @param params the registers that are set when the plan starts
 * @param steps in order
 * @param result the register that is returned; null for none
 */
public record Plan(
        String name,
        List<Register> params,
        List<Step> steps,
        @Nullable Register result) {
    public Plan {
        params = List.copyOf(params);
        steps = List.copyOf(steps);
    }

    /** Describes whose values are read, for messages: the function's, or those that the guest calls it with. */
    public String source() {
        return serves() ? "the guest's call of " + name : name;
    }

    /** Whether the guest calls Java by it; else Java calls the guest. */
    public boolean serves() {
        return steps.stream().anyMatch(Step.CallJava.class::isInstance);
    }

    /**
     * Checks that each register is set before it is read, and has the type that the steps want.
     *
     * @throws IllegalStateException if that is not so: a planner is wrong
     */
    public void verify() {
        Verification.verify(this);
    }

    /** Verifies if {@link Inspection#VERIFY} is set, as it is in tests. */
    void verifyIfAsked() {
        if (Inspection.verifies()) {
            verify();
        }
    }

    @Override
    public String toString() {
        return name
                + params.stream().map(Register::name).collect(Collectors.joining(", ", "(", ")\n"))
                + steps.stream()
                        .map(step -> "  " + step.toString().replace("\n", "\n  ") + "\n")
                        .collect(Collectors.joining())
                + (result == null ? "" : "  return " + result + "\n");
    }
}
