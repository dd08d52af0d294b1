package dev.airlock.abi.canonical;

import dev.airlock.abi.Frame;
import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.abi.form.Budget;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a plan by the canonical ABI. */
final class CanonicalFrame extends Frame {
    private final Sides sides;
    private CanonicalContext context;
    private CanonicalFunctions functions;

    CanonicalFrame(Sides sides, Plan plan, CanonicalContext context) {
        super(plan);
        this.sides = sides;
        this.context = context;
        this.functions = sides.caller();
    }

    String name() {
        return plan().name();
    }

    @Override
    public CanonicalContext context() {
        return context;
    }

    CanonicalFunctions functions() {
        return functions;
    }

    @Override
    public MethodHandle target() {
        return functions.target();
    }

    /** Runs a step that concerns one of two components. */
    void on(CanonicalStep.Side side, Step step) throws Throwable {
        CanonicalContext before = context;
        if (side == CanonicalStep.Side.CALLEE) {
            functions = sides.callee();
            context =
                    (CanonicalContext) Objects.requireNonNull(sides.calleeOf()).invoke(before);
        }
        step.run(this);
        functions = sides.caller();
        context = before;
    }

    LinearMemory memory(Register register) {
        return (LinearMemory) object(register);
    }

    LinearMemory memory() throws Throwable {
        return (LinearMemory)
                Objects.requireNonNull(functions.memory(), "no memory").invoke(context);
    }

    Image image(Register register) {
        return (Image) object(register);
    }

    @Nullable
    Budget budget(@Nullable Register register) {
        return register == null ? null : (Budget) object(register);
    }

    MethodHandle realloc() {
        return Objects.requireNonNull(functions.realloc(), "no realloc").asType(CanonicalOperations.REALLOC);
    }

    int number(ResourceType resource) {
        return functions.resource().applyAsInt(resource);
    }
}
