package dev.airlock.abi.placed;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlannedCall;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java method that stands for a guest function: what crosses, and how.
 *
 * @param function the function's name, for errors
 * @param placement where blocks lie
 * @param names of the parameters, for errors
 * @param params the parameters
 * @param result null for none
 * @param codec makes payloads; null if none crosses
 */
public record Crossing(
        String function,
        Placement placement,
        List<String> names,
        List<Carrier> params,
        @Nullable Carrier result,
        @Nullable PayloadCodec codec)
        implements PlannedCall<GuestFunctions> {
    public Crossing {
        names = List.copyOf(names);
        params = List.copyOf(params);
    }

    @Override
    public Plan plan() {
        return Planner.call(function, placement, names, params, result);
    }

    /**
     * Binds the steps to a guest. What they compile to is of type {@code (Object guest, P…) -> R}.
     * It throws {@link dev.airlock.error.ValueException} for a value that does not fit, {@link dev.airlock.error.Trap} for what
     * the guest does wrong, and what the guest's functions throw. Unless the guest failed, what was allocated in it is freed.
     */
    @Override
    public Abi abi(GuestFunctions functions) {
        return new PlacedAbi(placement, codec, functions);
    }
}
