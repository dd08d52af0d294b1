package dev.airlock.convention;

import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Forms and placements as messages say them. */
final class Words {
    private Words() {}

    static String of(In in) {
        return switch (in) {
            case POINTER_COUNT -> "(ptr, len)";
            case SLICE -> "(ptr, len, cap)";
            case NUL_TERMINATED -> "NUL-terminated";
            case FAT -> "ptr<<32 | len";
            case MANAGED -> "managed object";
        };
    }

    static String of(Out out) {
        return switch (out) {
            case PACKED -> "ptr<<32 | len";
            case RETURN_POINTER -> "return pointer";
            case TWO_RESULTS -> "two results";
            case NUL_TERMINATED -> "NUL-terminated";
            case MANAGED -> "managed object";
        };
    }

    /** As in {@code (ptr, len) in, return pointer back}; what the function has no use for is left out. */
    static String forms(Placement placement, Signature signature) {
        var forms = new ArrayList<String>();
        if (signature.blockParams()) {
            forms.add(of(placement.in()) + " in");
        }
        if (signature.blockResult()) {
            forms.add(of(placement.out()) + " back");
        }
        return forms.isEmpty() ? "numbers" : String.join(", ", forms);
    }

    /** Returns the whole of a placement, as in {@code (ptr, len) in, by malloc, freed by the host}. */
    static String whole(Placement placement, Signature signature) {
        var parts = new ArrayList<String>(List.of(forms(placement, signature)));
        if (placement.allocate() != null) {
            parts.add("room by " + placement.allocate().function()
                    + (placement.free() == null
                            ? ""
                            : " and " + placement.free().function()));
        }
        if (signature.blockParams()) {
            parts.add("arguments freed by the " + (placement.guestTakesArguments() ? "guest" : "host"));
        }
        if (signature.blockResult()) {
            parts.add("the result " + (placement.hostFreesResults() ? "freed by the host" : "left to the guest"));
        }
        return String.join("; ", parts);
    }

    /** As in {@code POINTER_COUNT and NUL_TERMINATED}. */
    static String names(Set<? extends Enum<?>> forms) {
        return list(forms.stream().map(Enum::name).toList());
    }

    /** As in {@code a, b and c}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
