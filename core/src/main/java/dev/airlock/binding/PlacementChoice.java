package dev.airlock.binding;

import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.GuestPlacement;
import dev.airlock.placement.ManagedList;
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
        boolean chooses = choice.in().length > 0 || choice.out().length > 0 || choice.staticResult();
        if (!chooses) {
            throw new SignatureException("@GuestPlacement without in, out and staticResult chooses nothing");
        } else if (choice.in().length > 0 && !blockParams) {
            throw new SignatureException("@GuestPlacement(in = …) has no effect, since only numbers go in");
        } else if (choice.out().length > 0 && !blockResult) {
            throw new SignatureException("@GuestPlacement(out = …) has no effect, since "
                    + (shape.result() == null ? "nothing comes back" : "only a number comes back"));
        } else if (choice.staticResult() && !blockResult) {
            throw new SignatureException("@GuestPlacement(staticResult = true) has no effect, since "
                    + (shape.result() == null ? "nothing comes back" : "only a number comes back"));
        } else if (choice.staticResult()
                && detection.candidates().stream().noneMatch(c -> c.convention().freesResults())) {
            throw new SignatureException(
                    "@GuestPlacement(staticResult = true) has no effect, since the host frees no result"
                            + " of this guest");
        }
        Detection narrowed = narrowed(choice, detection);
        return choice.staticResult() ? narrowed.with(Convention::staticResults) : narrowed;
    }

    private static Detection narrowed(GuestPlacement choice, Detection detection) {
        try {
            return detection.narrowed(Set.copyOf(List.of(choice.in())), Set.copyOf(List.of(choice.out())));
        } catch (SignatureException e) {
            throw new SignatureException(
                    "@GuestPlacement asks for what the guest's convention does not allow: " + e.getMessage());
        }
    }

    private static Detection lists(GuestPlacement choice, Detection detection, List<Carrier> goingIn) {
        if (choice.in().length > 0 || choice.out().length > 0 || choice.staticResult()) {
            throw new SignatureException(
                    "@GuestPlacement(lists = …) is for AssemblyScript, and in, out and staticResult are for others");
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
