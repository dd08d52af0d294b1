package dev.airlock.abi.placed;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Frame;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlanCompiler;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.abi.StepCode;
import dev.airlock.codegen.MethodCode;
import dev.airlock.memory.Memory;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.Placement;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conventions of core modules.
 *
 * @param placement where blocks lie
 * @param codec what makes payloads; null if none crosses
 * @param functions the ways into the guest
 */
record PlacedAbi(Placement placement, @Nullable PayloadCodec codec, GuestFunctions functions) implements Abi {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    ManagedClasses classes() {
        return Objects.requireNonNull(placement.managed()).classes();
    }

    PayloadCodec payloads() {
        return Objects.requireNonNull(codec, "a payload needs a codec");
    }

    /** Returns the steps that release what the plan holds: they run after a failure, too. */
    static List<PlacedStep> releases(Plan plan) {
        return plan.steps().stream()
                .filter(step -> step instanceof PlacedStep placed && placed.releases())
                .map(PlacedStep.class::cast)
                .toList();
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return LOOKUP;
    }

    @Override
    public Class<?> contextType() {
        return Object.class;
    }

    @Override
    public Class<?> erase(Class<?> type) {
        return Scalars.erase(type);
    }

    @Override
    public StepCode code(Plan plan, MethodCode to, PlanCompiler compiler) {
        return new PlacedCode(this, plan, to, compiler);
    }

    @Override
    public Frame frame(Plan plan, Object context) throws Throwable {
        return new PlacedFrame(this, plan, context, (Memory) functions.memory().invoke(context));
    }

    /** The handler that releases what the plan holds reads its registers, so they are in one method. */
    @Override
    public boolean isDivisible(Plan plan) {
        return releases(plan).isEmpty();
    }

    /** Returns whether a step frees a result that the guest allocated. */
    static boolean freesResult(Plan plan, Step step) {
        return step instanceof BlockStep.Free free && !free.ours() && !plan.serves();
    }
}
