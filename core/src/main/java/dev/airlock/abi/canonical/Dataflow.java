package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/** Which registers the steps of plans by the canonical ABI read and set. */
final class Dataflow {
    private Dataflow() {}

    /** What steps read before they set it. */
    static List<Register> read(List<Step> steps) {
        var read = new LinkedHashSet<Register>();
        var set = new HashSet<Register>();
        for (Step step : steps) {
            for (Register register : in(step)) {
                if (!set.contains(register)) {
                    read.add(register);
                }
            }
            set.addAll(out(step));
        }
        return List.copyOf(read);
    }

    /** What steps set. */
    static List<Register> written(List<Step> steps) {
        return steps.stream().flatMap(step -> out(step).stream()).distinct().toList();
    }

    static List<Register> in(Step step) {
        if (step instanceof CanonicalStep canonical) {
            return canonical.in();
        } else if (step instanceof Step.Lower lower) {
            return List.of(lower.value());
        } else if (step instanceof Step.Lift lift) {
            return List.of(lift.core());
        } else if (step instanceof Step.CallJava call) {
            return call.args();
        }
        throw new IllegalArgumentException("no step of the canonical ABI: " + step);
    }

    static List<Register> out(Step step) {
        if (step instanceof CanonicalStep canonical) {
            return canonical.out();
        } else if (step instanceof Step.Lower lower) {
            return List.of(lower.core());
        } else if (step instanceof Step.Lift lift) {
            return List.of(lift.value());
        } else if (step instanceof Step.CallJava call) {
            return call.result() == null ? List.of() : List.of(call.result());
        }
        throw new IllegalArgumentException("no step of the canonical ABI: " + step);
    }
}
