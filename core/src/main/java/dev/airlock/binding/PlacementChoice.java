package dev.airlock.binding;

import dev.airlock.abi.ManagedList;
import dev.airlock.convention.Detection;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.BlockForm;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.MethodShape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What {@link GuestPlacement} asks for. */
final class PlacementChoice {
    private PlacementChoice() {}

    /**
     * The detection for one method.
     *
     * @param goingIn what goes into the guest: parameters, or the result of a method that serves an import
     * @throws SignatureException if its annotation has no effect, or asks for what no candidate has
     */
    static Detection of(MethodShape shape, Detection detection, List<Carrier> goingIn) {
        GuestPlacement choice = shape.method().getAnnotation(GuestPlacement.class);
        if (choice == null) {
            return detection;
        }
        boolean blockParams = shape.carriers().stream().anyMatch(Carrier.Block.class::isInstance);
        boolean blockResult = shape.resultCarrier() instanceof Carrier.Block;
        if (choice.lists().length > 0) {
            return lists(choice, detection, goingIn);
        }
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

    private static Detection lists(GuestPlacement choice, Detection detection, List<Carrier> goingIn) {
        if (choice.in().length > 0 || choice.out().length > 0) {
            throw new SignatureException(
                    "@GuestPlacement(lists = …) is for AssemblyScript, and in and out are for others");
        }
        boolean effect = goingIn.stream()
                .anyMatch(carrier -> carrier instanceof Carrier.Block block && block.form() != BlockForm.UTF8);
        if (!effect) {
            throw new SignatureException("@GuestPlacement(lists = …) has no effect, since no list goes into the guest");
        }
        ManagedList[] lists = choice.lists();
        try {
            return detection.with(convention -> convention.toBuilder()
                    .lists(lists[0], Arrays.copyOfRange(lists, 1, lists.length))
                    .build());
        } catch (IllegalArgumentException e) {
            throw new SignatureException("@GuestPlacement(lists = …): " + e.getMessage());
        }
    }
}
