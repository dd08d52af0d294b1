package dev.airlock.abi;

import dev.airlock.codegen.Handles;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a plan step by step, with its registers in a map. Tests compare compiled plans with it. */
final class PlanInterpreter {
    private static final MethodHandle RUN = Handles.ownVirtual(
            MethodHandles.lookup(), PlanInterpreter.class, "run", MethodType.methodType(Object.class, Object[].class));

    private final Plan plan;
    private final Abi abi;

    private PlanInterpreter(Plan plan, Abi abi) {
        this.plan = plan;
        this.abi = abi;
    }

    /** Returns a handle of the type that {@link PlanCompiler#compile} gives. */
    static MethodHandle handle(Plan plan, Abi abi) {
        plan.verifyIfAsked();
        return RUN.bindTo(new PlanInterpreter(plan, abi))
                .asCollector(Object[].class, plan.params().size() + 1)
                .asType(PlanCompiler.type(plan, abi));
    }

    @Nullable
    Object run(@Nullable Object[] args) throws Throwable {
        Frame frame = abi.frame(plan, Objects.requireNonNull(args[0]));
        for (int i = 0; i < plan.params().size(); i++) {
            frame.set(plan.params().get(i), args[i + 1]);
        }
        frame.runPlan();
        return plan.result() == null ? null : frame.get(plan.result());
    }
}
