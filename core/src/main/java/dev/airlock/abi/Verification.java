package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a plan: each register is set before it is read, whichever way the steps take, and has the type that steps want. */
final class Verification extends Dataflow {
    private final Plan plan;
    private final Map<String, Register> registers = new HashMap<>();
    private @Nullable Step at;

    private Verification(Plan plan) {
        this.plan = plan;
    }

    /** @throws IllegalStateException if the plan is wrong */
    static void verify(Plan plan) {
        var verification = new Verification(plan);
        verification.sets(plan.params());
        verification.once(plan.steps());
        verification.at = null;
        if (plan.result() != null) {
            verification.reads(plan.result());
        }
    }

    @Override
    public Operands once(List<Step> steps) {
        for (Step step : steps) {
            Step outer = at;
            at = step;
            step.operands(this);
            at = outer;
        }
        return this;
    }

    @Override
    public Operands reads(Class<?> type, Register... given) {
        for (Register register : given) {
            if (!isSet(register)) {
                throw wrong("reads " + register + " before it is set");
            }
            check(type, register);
        }
        return super.reads(type, given);
    }

    @Override
    public Operands sets(Class<?> type, Register... given) {
        for (Register register : given) {
            check(type, register);
        }
        return super.sets(type, given);
    }

    private void check(Class<?> type, Register register) {
        Class<?> is = register.type();
        boolean fits = type.isPrimitive() || is.isPrimitive()
                ? type == is
                : type.isAssignableFrom(is) || is.isAssignableFrom(type) || type.isInterface() || is.isInterface();
        if (!fits) {
            throw wrong("wants " + register + " to be " + type.getTypeName() + ", and it is " + is.getTypeName());
        }
        Register other = registers.putIfAbsent(register.name(), register);
        if (other != null && !other.equals(register)) {
            throw wrong("has " + register + " as " + is.getTypeName() + ", which is "
                    + other.type().getTypeName() + " elsewhere");
        }
    }

    private IllegalStateException wrong(String what) {
        return new IllegalStateException(
                "the plan of " + plan.name() + ": " + (at == null ? "its result" : "\"" + at + "\"") + " " + what);
    }
}
