package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Java method that serves one import of a guest: {@link Crossing}, seen from the other side.
 *
 * @param function the import's name, for errors
 * @param placement where blocks lie; a result is set aside by the guest's allocator and is the guest's
 * @param givesGuest whether the method takes the guest before its parameters
 * @param names of the parameters, for errors
 * @param params what they are
 * @param result what goes back; null for nothing
 * @param codec what makes payloads; null where none crosses
 */
public record Upcall(
        String function,
        Placement placement,
        boolean givesGuest,
        List<String> names,
        List<Carrier> params,
        @Nullable Carrier result,
        @Nullable PayloadCodec codec) {
    public Upcall {
        names = List.copyOf(names);
        params = List.copyOf(params);
    }

    Plan plan() {
        return ServingPlanner.serve(function, placement, givesGuest, names, params, result);
    }

    /** The steps, in words. */
    public String explain() {
        return plan().toString();
    }

    /**
     * Straight-line code: {@code (Object guest, core parameters…) -> core result}, several results as a {@code long[]}. To
     * be run by whom the guest calls: the guest has been entered then.
     *
     * @param functions with the Java method as their target, which takes the parameters, and the guest before them if it is given
     */
    public MethodHandle compile(GuestFunctions functions) {
        return CrossingCompiler.compile(plan(), codec, functions);
    }

    /** The same by interpreting the plan step by step. */
    public MethodHandle interpret(GuestFunctions functions) {
        return PlanInterpreter.handle(plan(), codec, functions);
    }
}
