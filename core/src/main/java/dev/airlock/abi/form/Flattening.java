package dev.airlock.abi.form;

import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the core type that a function has in a placement. */
public final class Flattening {
    private Flattening() {}

    /** Returns the core type of a function with these parameters and this result. */
    public static CoreFuncType flatten(Placement placement, List<Carrier> params, @Nullable Carrier result) {
        var core = new ArrayList<CoreValType>();
        if (result instanceof Carrier.Block && placement.out() == Placement.Out.RETURN_POINTER) {
            core.add(CoreValType.I32);
        }
        for (Carrier param : params) {
            if (param instanceof Carrier.Scalar scalar) {
                core.add(scalar.form().core());
            } else {
                switch (placement.in()) {
                    case POINTER_COUNT -> core.addAll(List.of(CoreValType.I32, CoreValType.I32));
                    case SLICE -> core.addAll(List.of(CoreValType.I32, CoreValType.I32, CoreValType.I32));
                    case NUL_TERMINATED -> core.add(CoreValType.I32);
                    case FAT -> core.add(CoreValType.I64);
                    case MANAGED -> core.add(CoreValType.I32);
                }
            }
        }
        List<CoreValType> results = List.of();
        if (result instanceof Carrier.Scalar scalar) {
            results = List.of(scalar.form().core());
        } else if (result instanceof Carrier.Block) {
            results = switch (placement.out()) {
                case PACKED -> List.of(CoreValType.I64);
                case RETURN_POINTER -> List.of();
                case TWO_RESULTS -> List.of(CoreValType.I32, CoreValType.I32);
                case NUL_TERMINATED, MANAGED -> List.of(CoreValType.I32);
            };
        }
        return new CoreFuncType(core, results);
    }
}
