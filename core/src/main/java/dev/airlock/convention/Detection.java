package dev.airlock.convention;

import dev.airlock.error.SignatureException;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ImportType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which convention a module follows, and why. Nothing is guessed: where the module's exports, imports and
 * {@code producers} section point to several, all of them stay, and a function for which they differ is refused until
 * somebody chooses.
 *
 * @param candidates those that are left, the likeliest first; empty if there is no evidence, and then only
 *     functions of numbers can be called
 * @param dismissed those that something speaks for, and something stronger against
 */
public record Detection(List<Candidate> candidates, List<Candidate> dismissed) {
    /**
     * A convention that a module may follow.
     *
     * @param reasons what speaks for it, as in {@code "exports __new, __pin and __unpin"}
     * @param doubts what speaks against it
     */
    public record Candidate(Convention convention, List<String> reasons, List<String> doubts) {
        /**
         * Copies what it is given.
         *
         * @param convention as in the record
         * @param reasons as in the record
         * @param doubts as in the record
         */
        public Candidate {
            reasons = List.copyOf(reasons);
            doubts = List.copyOf(doubts);
        }

        /** As in {@code tinygo: producers names TinyGo 0.35.0; but exports no malloc}. */
        @Override
        public String toString() {
            return convention.name() + ": " + String.join("; ", reasons)
                    + (doubts.isEmpty() ? "" : "; but " + String.join("; ", doubts));
        }
    }

    /**
     * The placement of a function, and the convention that gave it.
     *
     * @param convention the likeliest of those that agree on the placement
     */
    public record Fit(Convention convention, Placement placement) {}

    /**
     * Copies what it is given.
     *
     * @param candidates as in the record
     * @param dismissed as in the record
     */
    public Detection {
        candidates = List.copyOf(candidates);
        dismissed = List.copyOf(dismissed);
    }

    /**
     * What a module says of itself.
     *
     * @param exports what the guest exports
     * @param imports what the module imports
     * @param producers the lines of its {@code producers} section, such as {@code "processed-by: rustc 1.63.0"}
     * @return the detection
     */
    public static Detection of(List<ExportType> exports, List<ImportType> imports, List<String> producers) {
        return new Clues(exports, imports, producers).detection();
    }

    /**
     * Not detected, but said by the user.
     *
     * @param convention the convention to follow
     * @return the new detection
     */
    public static Detection chosen(Convention convention) {
        return new Detection(List.of(new Candidate(convention, List.of("chosen"), List.of())), List.of());
    }

    /**
     * Returns the same candidates with fewer forms: those that have none of the forms are left out.
     *
     * @param in the forms in which a block may go in; empty for all that each candidate has
     * @param out the forms in which a block may come back; empty for all that each candidate has
     * @return the same candidates with fewer forms
     * @throws SignatureException if no candidate has such forms
     */
    public Detection narrowed(Set<In> in, Set<Out> out) {
        List<Candidate> narrowed = candidates.stream()
                .map(candidate -> candidate.convention().narrowed(in, out).stream()
                        .map(convention -> new Candidate(convention, candidate.reasons(), candidate.doubts()))
                        .toList())
                .flatMap(List::stream)
                .toList();
        if (narrowed.isEmpty() && !candidates.isEmpty()) {
            throw new SignatureException("the convention "
                    + candidates.stream()
                            .map(c -> c.convention().name() + " has the forms in "
                                    + Words.names(c.convention().in()) + ", out "
                                    + Words.names(c.convention().out()))
                            .collect(Collectors.joining("; the convention ")));
        }
        return new Detection(narrowed, dismissed);
    }

    /**
     * Returns the same detection with each convention that is left changed: with another payload, for example.
     *
     * @param change changes a convention
     * @return the new detection
     */
    public Detection with(UnaryOperator<Convention> change) {
        return new Detection(
                candidates.stream()
                        .map(c -> new Candidate(change.apply(c.convention()), c.reasons(), c.doubts()))
                        .toList(),
                dismissed);
    }

    /**
     * Returns the convention of the guest, if exactly one is possible.
     *
     * @return the convention; empty if none or several are possible
     */
    public Optional<Convention> convention() {
        return candidates.size() == 1 ? Optional.of(candidates.get(0).convention()) : Optional.empty();
    }

    /**
     * Returns the placement of a function that the guest exports. If several conventions are
     * possible, those that the function fits have to agree.
     *
     * @param function the name of the function
     * @param core the core type of the function
     * @param params what the parameters are if the convention does not make them a payload
     * @param result how the result crosses; null if there is none
     * @param exports what the guest exports
     * @return the placement of a function that the guest exports
     * @throws SignatureException if it fits none, or if those that it fits differ: then the message lists them
     */
    public Fit resolve(
            String function, CoreFuncType core, List<Carrier> params, @Nullable Carrier result, ExportView exports) {
        return new Agreement(this, new Signature(function, params, result), core, exports, false).fit();
    }

    /**
     * Returns the placement of a function that the guest imports; else as {@link #resolve}.
     *
     * @param function the name of the function
     * @param core the core type of the function
     * @param params how each parameter crosses
     * @param result how the result crosses; null if there is none
     * @param exports what the guest exports
     * @return the placement of a function that the guest imports
     */
    public Fit resolveImport(
            String function, CoreFuncType core, List<Carrier> params, @Nullable Carrier result, ExportView exports) {
        return new Agreement(this, new Signature(function, params, result), core, exports, true).fit();
    }

    /** One line for each candidate, those that are dismissed in brackets. */
    @Override
    public String toString() {
        if (candidates.isEmpty() && dismissed.isEmpty()) {
            return "nothing points to a convention\n";
        }
        var text = new StringBuilder();
        candidates.forEach(candidate -> text.append(candidate).append('\n'));
        dismissed.forEach(candidate -> text.append('(').append(candidate).append(")\n"));
        return text.toString();
    }
}
