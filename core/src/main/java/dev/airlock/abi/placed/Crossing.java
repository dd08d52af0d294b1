package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Java method that stands for one guest function: what goes across, and how.
 *
 * @param function the function's name, for errors
 * @param placement where blocks lie
 * @param names of the parameters, for errors
 * @param params what they are
 * @param result what comes back; null for nothing
 * @param codec what makes payloads; null where none crosses
 */
public record Crossing(
        String function,
        Placement placement,
        List<String> names,
        List<Carrier> params,
        @Nullable Carrier result,
        @Nullable PayloadCodec codec) {
    public Crossing {
        names = List.copyOf(names);
        params = List.copyOf(params);
    }

    Plan plan() {
        return Planner.call(function, placement, names, params, result);
    }

    /** The steps, in words: what {@code toString} of the plan prints. */
    public String explain() {
        return plan().toString();
    }

    /**
     * Straight-line code for this crossing: {@code (Object guest, P…) -> R}, where types that the JDK does not bring are
     * {@code Object}. It throws
     * {@link dev.airlock.error.ValueException} for what does not fit, {@link dev.airlock.error.Trap} for what the guest
     * does wrong, and whatever the guest's functions throw. Unless the guest failed, what it had set aside is freed.
     */
    public MethodHandle compile(GuestFunctions functions) {
        return CrossingCompiler.compile(plan(), codec, functions);
    }

    /** The same by interpreting the plan step by step: slower, simpler, and so the measure for the other. */
    public MethodHandle interpret(GuestFunctions functions) {
        return PlanInterpreter.handle(plan(), codec, functions);
    }
}
