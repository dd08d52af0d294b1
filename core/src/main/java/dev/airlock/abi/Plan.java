package dev.airlock.abi;

import dev.airlock.codegen.Register;
import dev.airlock.placement.Placement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One crossing, made once and run many times: what happens, step by step, when Java calls a guest function or a guest
 * calls Java. Immutable; printed, it is what tests compare.
 *
 * @param name of the function, for errors
 * @param placement where blocks lie; null for the canonical ABI
 * @param params the registers that are set when the plan starts
 * @param steps in order
 * @param result the register that is given back; null for none
 */
public record Plan(
        String name,
        @Nullable Placement placement,
        List<Register> params,
        List<Step> steps,
        @Nullable Register result) {
    public Plan {
        params = List.copyOf(params);
        steps = List.copyOf(steps);
    }

    /** Whose values are read: the function's, or those that the guest calls it with. */
    public String giver() {
        return serves() ? "the guest's call of " + name : name;
    }

    /** Whether the guest calls Java by it; else Java calls the guest. */
    private boolean serves() {
        return steps.stream().anyMatch(Step.CallJava.class::isInstance);
    }

    /** Whether a step frees a result of the guest's. */
    public boolean releases(Step step) {
        return step instanceof Step.Free free && !free.ours() && !serves();
    }

    /** Where blocks lie, for a plan that is not by the canonical ABI. */
    public Placement placed() {
        return Objects.requireNonNull(placement, name);
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
