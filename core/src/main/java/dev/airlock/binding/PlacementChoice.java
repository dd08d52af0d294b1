package dev.airlock.binding;

import dev.airlock.convention.Detection;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.MethodShape;
import java.util.List;
import java.util.Set;

/** What {@link GuestPlacement} asks for. */
final class PlacementChoice {
    private PlacementChoice() {}

    /**
     * The detection for one method.
     *
     * @throws SignatureException if its annotation has no effect, or asks for what no candidate has
     */
    static Detection of(MethodShape shape, Detection detection) {
        GuestPlacement choice = shape.method().getAnnotation(GuestPlacement.class);
        if (choice == null) {
            return detection;
        }
        boolean blockParams = shape.carriers().stream().anyMatch(Carrier.Block.class::isInstance);
        boolean blockResult = shape.resultCarrier() instanceof Carrier.Block;
        if (choice.in().length == 0 && choice.out().length == 0) {
            throw new SignatureException("@GuestPlacement without in and out chooses nothing");
        } else if (choice.in().length > 0 && !blockParams) {
            throw new SignatureException("@GuestPlacement(in = …) has no effect, since only numbers go in");
        } else if (choice.out().length > 0 && !blockResult) {
            throw new SignatureException("@GuestPlacement(out = …) has no effect, since "
                    + (shape.result() == null ? "nothing comes back" : "only a number comes back"));
        }
        try {
            return detection.narrowed(Set.copyOf(List.of(choice.in())), Set.copyOf(List.of(choice.out())));
        } catch (SignatureException e) {
            throw new SignatureException(
                    "@GuestPlacement asks for what the guest's convention does not allow: " + e.getMessage());
        }
    }
}
