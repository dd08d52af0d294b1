package dev.airlock.convention;

import dev.airlock.error.SignatureException;
import dev.airlock.placement.Placement;
import dev.airlock.type.CoreFuncType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the placement of one function where several conventions are possible. */
record Agreement(Detection detection, Signature signature, CoreFuncType core, ExportView exports, boolean imported) {
    /** @throws SignatureException if they do not agree, or if the function fits none */
    Detection.Fit fit() {
        List<Detection.Candidate> candidates = detection.candidates();
        if (candidates.isEmpty()) {
            return withoutConvention();
        }
        Map<Effect, Detection.Fit> fits = new LinkedHashMap<>();
        Map<Effect, List<Detection.Candidate>> supporters = new LinkedHashMap<>();
        Map<SpelledOut, List<Detection.Candidate>> spelledOut = new LinkedHashMap<>();
        var refusals = new ArrayList<SignatureException>();
        for (Detection.Candidate candidate : candidates) {
            Convention convention = candidate.convention();
            Signature carried = signature.carriedBy(convention);
            var resolution = new Resolution(convention, carried, core, exports, imported);
            SpelledOut other = resolution.spelledOut();
            if (other != null) {
                spelledOut.computeIfAbsent(other, o -> new ArrayList<>()).add(candidate);
            }
            try {
                Placement placement = resolution.placement();
                Effect effect = new Effect(placement, carried, payload(convention, carried));
                fits.putIfAbsent(effect, new Detection.Fit(convention, placement));
                supporters.computeIfAbsent(effect, e -> new ArrayList<>()).add(candidate);
            } catch (SignatureException e) {
                refusals.add(e);
            }
        }
        if (fits.isEmpty()) {
            throw refusals.size() == 1
                    ? refusals.get(0)
                    : new SignatureException(refusals.stream()
                            .map(Throwable::getMessage)
                            .distinct()
                            .collect(Collectors.joining("\n")));
        }
        if (!spelledOut.isEmpty()) {
            throw new SignatureException(readings(supporters, spelledOut));
        }
        if (fits.size() > 1) {
            throw new SignatureException(differ(supporters));
        }
        return fits.values().iterator().next();
    }

    /** What a call comes to: conventions that differ in nothing else are the same for it. */
    private record Effect(Placement placement, Signature carried, String payload) {}

    private static String payload(Convention convention, Signature carried) {
        return carried.first(Signature::isPayload) == null ? "" : String.valueOf(convention.payload());
    }

    private Detection.Fit withoutConvention() {
        if (!signature.onlyNumbers()) {
            throw new SignatureException(signature
                    + " needs a convention, since more than numbers cross, and nothing in the module points to one:"
                    + " set it, as in " + option(Convention.c()) + "; there are "
                    + Words.list(
                            Convention.presets().stream().map(Convention::name).toList())
                    + ", or your own by Convention.builder");
        }
        Convention numbers = Convention.builder("numbers").payload(null).build();
        return new Detection.Fit(numbers, new Resolution(numbers, signature, core, exports, imported).placement());
    }

    private String readings(
            Map<Effect, List<Detection.Candidate>> supporters, Map<SpelledOut, List<Detection.Candidate>> spelledOut) {
        var text = new StringBuilder(signature + " can be read in several ways as " + core
                + ", the type that the guest " + (imported ? "imports:" : "exports:"));
        supporters.forEach((effect, candidates) -> text.append("\n  ")
                .append(names(candidates))
                .append(": ")
                .append(Words.forms(effect.placement(), effect.carried()))
                .append(", and each number is what it says\n    if so, allow this form alone: @GuestPlacement(in = ")
                .append(effect.placement().in())
                .append(") on the method, or in(In.")
                .append(effect.placement().in())
                .append(") in the convention"));
        spelledOut.forEach((other, candidates) -> text.append("\n  ")
                .append(names(candidates))
                .append(": ")
                .append(other.forms())
                .append(", and ")
                .append(other.meaning())
                .append("\n    if so, ")
                .append(other.remedy()));
        return text.toString();
    }

    private static String names(List<Detection.Candidate> candidates) {
        return Words.list(candidates.stream()
                .map(candidate -> candidate.convention().name())
                .toList());
    }

    private String differ(Map<Effect, List<Detection.Candidate>> supporters) {
        var text = new StringBuilder(signature + " fits several conventions, which differ here:");
        supporters.forEach((effect, candidates) -> {
            text.append("\n  ")
                    .append(names(candidates))
                    .append(": ")
                    .append(Words.whole(effect.placement(), effect.carried()))
                    .append(effect.payload().isEmpty() ? "" : "; " + effect.payload());
            candidates.forEach(candidate -> text.append("\n    ").append(String.join("; ", candidate.reasons())));
        });
        Convention first = detection.candidates().get(0).convention();
        return text.append("\nset the one it is, as in ").append(option(first)).toString();
    }

    private static String option(Convention convention) {
        return "convention(Convention." + method(convention) + "()) or --convention " + convention.name();
    }

    private static String method(Convention convention) {
        return switch (convention.name()) {
            case "wasm-bindgen" -> "wasmBindgen";
            case "fp-bindgen" -> "fpBindgen";
            default -> convention.name();
        };
    }
}
