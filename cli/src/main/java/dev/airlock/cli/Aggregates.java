package dev.airlock.cli;

import dev.airlock.abi.ManagedList;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How lists and records cross, if a guest's convention leaves a choice. */
final class Aggregates {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--static-results",
            description =
                    "The guest keeps the strings and lists that it returns, so that the host frees none of them: for"
                            + " functions in C that return a constant, or a buffer that is always the same.")
    private boolean staticResults;

    private @Nullable String payload;
    private final Set<ManagedList> lists = EnumSet.noneOf(ManagedList.class);

    @Option(
            names = "--payload",
            paramLabel = "json",
            description = "Records and other aggregates cross as JSON. For AssemblyScript it has to be said: without it"
                    + " they cross as objects of the guest's classes.")
    @SuppressWarnings("unused") // picocli calls it
    void payload(String format) {
        if (!format.equalsIgnoreCase("json")) {
            throw wrong("--payload " + format + ": there is only json");
        }
        payload = "JSON";
    }

    @Option(
            names = "--lists",
            paramLabel = "KIND",
            split = ",",
            description = "Which classes of AssemblyScript lists of numbers become, if the guest has several: array,"
                    + " typed-array, static-array or array-buffer. May be several, with commas between them.")
    @SuppressWarnings("unused") // picocli calls it
    void lists(String[] kinds) {
        for (String kind : kinds) {
            lists.add(Arrays.stream(ManagedList.values())
                    .filter(known -> name(known).equals(kind))
                    .findFirst()
                    .orElseThrow(() -> wrong("--lists " + kind + ": there are "
                            + Arrays.stream(ManagedList.values())
                                    .map(Aggregates::name)
                                    .collect(Collectors.joining(", ")))));
        }
    }

    private static String name(ManagedList kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }

    /** Whether any of these options is given: a component has no use for them. */
    boolean given() {
        return staticResults || payload != null || !lists.isEmpty();
    }

    /** The same detection with what the options say. */
    Detection carriedBy(Detection detection) {
        Detection kept = staticResults ? kept(detection) : detection;
        Detection carried = payload == null
                ? kept
                : kept.with(c -> c.toBuilder().payload(payload).build());
        if (lists.isEmpty()) {
            return carried;
        }
        ManagedList[] all = lists.toArray(ManagedList[]::new);
        try {
            return carried.with(c -> c.toBuilder()
                    .lists(all[0], Arrays.copyOfRange(all, 1, all.length))
                    .build());
        } catch (IllegalArgumentException e) {
            throw wrong("--lists: " + e.getMessage());
        }
    }

    private Detection kept(Detection detection) {
        List<Convention> found = detection.candidates().stream()
                .map(Detection.Candidate::convention)
                .toList();
        if (!found.isEmpty() && found.stream().noneMatch(Convention::freesResults)) {
            throw wrong("--static-results has no effect: by the convention "
                    + found.get(0).name() + " the host frees no result, so leave it out");
        }
        return detection.with(Convention::staticResults);
    }
}
