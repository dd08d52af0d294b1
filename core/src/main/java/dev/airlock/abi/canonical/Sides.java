package dev.airlock.abi.canonical;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Frame;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlanCompiler;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.StepCode;
import dev.airlock.abi.form.Budget;
import dev.airlock.codegen.MethodCode;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways into the components of one crossing.
 *
 * @param caller the component that calls another; else the only one
 * @param callee the component that is called; else the same
 * @param calleeOf {@code (CanonicalContext caller) -> CanonicalContext callee}; null if there is only one component
 */
public record Sides(
        CanonicalFunctions caller,
        CanonicalFunctions callee,
        @Nullable MethodHandle calleeOf) implements Abi {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** The library's own types that registers have. */
    private static final Set<Class<?>> OWN =
            Set.of(Image.class, Budget.class, LinearMemory.class, Object[].class, Slice.class, Transcoded.class);

    static Sides one(CanonicalFunctions functions) {
        return new Sides(functions, functions, null);
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return LOOKUP;
    }

    @Override
    public Class<?> contextType() {
        return CanonicalContext.class;
    }

    @Override
    public Class<?> erase(Class<?> type) {
        return OWN.contains(type) ? type : Scalars.erase(type);
    }

    @Override
    public StepCode code(Plan plan, MethodCode to, PlanCompiler compiler) {
        return new CanonicalCode(this, plan, to, compiler);
    }

    @Override
    public Frame frame(Plan plan, Object context) {
        return new CanonicalFrame(this, plan, (CanonicalContext) context);
    }

    @Override
    public boolean isDivisible(Plan plan) {
        return true;
    }
}
