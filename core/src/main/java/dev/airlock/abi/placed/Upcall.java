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
 * A Java method that serves an import of a guest: the counterpart of {@link Crossing}.
 *
 * @param function the import's name, for errors
 * @param placement where blocks lie; the guest's allocator allocates a result, and the guest owns it
 * @param givesGuest whether the method takes the guest before its parameters
 * @param names of the parameters, for errors
 * @param params the parameters
 * @param result null for none
 * @param codec makes payloads; null if none crosses
 */
public record Upcall(
        String function,
        Placement placement,
        boolean givesGuest,
        List<String> names,
        List<Carrier> params,
        @Nullable Carrier result,
        @Nullable PayloadCodec codec)
        implements PlannedCall<GuestFunctions> {
    public Upcall {
        names = List.copyOf(names);
        params = List.copyOf(params);
    }

    @Override
    public Plan plan() {
        return ServingPlanner.serve(function, placement, givesGuest, names, params, result);
    }

    /**
     * Binds the steps to a guest. What they compile to is of type {@code (Object guest, core parameters…) -> core result}.
     * Several results come as a {@code long[]}. The guest calls it, so it has been entered.
     *
     * @param functions with the Java method as their target: it takes the parameters, and the guest before them if it is given
     */
    @Override
    public Abi abi(GuestFunctions functions) {
        return new PlacedAbi(placement, codec, functions);
    }
}
