package dev.airlock.conformance.differential;

import dev.airlock.conformance.differential.OperatorTable.Operator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Chooses operators of a type, those that were used least first, and counts them. */
final class OperatorChoice {
    private static final int CANDIDATES = 4;

    private final SplittableRandom random;
    private final Set<String> proposals;
    private final Map<String, Long> counts;
    private final Map<String, List<Operator>> byResult = new HashMap<>();

    OperatorChoice(SplittableRandom random, Set<String> proposals, Map<String, Long> counts) {
        this.random = random;
        this.proposals = proposals;
        this.counts = counts;
    }

    Operator of(String result) {
        List<Operator> all = byResult.computeIfAbsent(
                result,
                type -> OperatorTable.of(type).stream()
                        .filter(one -> one.proposal().isEmpty() || proposals.contains(one.proposal()))
                        .toList());
        Operator best = all.get(random.nextInt(all.size()));
        for (int i = 1; i < CANDIDATES; i++) {
            Operator other = all.get(random.nextInt(all.size()));
            if (counts.get(other.name()) < counts.get(best.name())) {
                best = other;
            }
        }
        return best;
    }

    void count(Operator operator) {
        counts.merge(operator.name(), 1L, Long::sum);
    }
}
