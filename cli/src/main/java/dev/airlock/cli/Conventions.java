package dev.airlock.cli;

import dev.airlock.CoreGuest;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.placement.ManagedList;
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

/** The options that say how a core module's functions take and return values other than numbers. */
final class Conventions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--convention",
            paramLabel = "NAME",
            description = "How the guest takes strings and lists: c, rust, tinygo, go, assemblyscript, wasm-bindgen or"
                    + " fp-bindgen. Detected by default; 'airlock inspect' shows the evidence.")
    private @Nullable String convention;

    @Option(
            names = "--static-results",
            description =
                    "The guest keeps the strings and lists that it returns, so the host frees none of them. For C functions"
                            + " that return constants or a static buffer.")
    private boolean staticResults;

    private @Nullable String payload;
    private final Set<ManagedList> lists = EnumSet.noneOf(ManagedList.class);

    @Option(
            names = "--payload",
            paramLabel = "json",
            description =
                    "Passes records and other aggregates as JSON. Only AssemblyScript needs this option: without it they"
                            + " cross as objects of the guest's classes.")
    @SuppressWarnings("unused") // picocli calls it
    void payload(String format) {
        if (!format.equalsIgnoreCase("json")) {
            throw wrong("--payload " + format + ": the only payload is json");
        }
        payload = "JSON";
    }

    @Option(
            names = "--lists",
            paramLabel = "KIND",
            split = ",",
            description = "The AssemblyScript classes that lists of numbers become, if the guest has several: array,"
                    + " typed-array, static-array or array-buffer. Separate several with commas.")
    @SuppressWarnings("unused") // picocli calls it
    void lists(String[] kinds) {
        for (String kind : kinds) {
            lists.add(Arrays.stream(ManagedList.values())
                    .filter(known -> name(known).equals(kind))
                    .findFirst()
                    .orElseThrow(() -> wrong("--lists " + kind + ": there are "
                            + Arrays.stream(ManagedList.values())
                                    .map(Conventions::name)
                                    .collect(Collectors.joining(", ")))));
        }
    }

    private static String name(ManagedList kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }

    /** @throws ParameterException if an option names an unknown convention */
    void check() {
        if (convention != null && Convention.named(convention).isEmpty()) {
            throw wrong("--convention " + convention + ": there are "
                    + Convention.presets().stream().map(Convention::name).collect(Collectors.joining(", ")));
        }
    }

    /** Returns whether any of these options is given. They have no effect on a component. */
    boolean given() {
        return convention != null || staticResults || payload != null || !lists.isEmpty();
    }

    /** Returns the guest with the options' settings. */
    CoreGuest of(CoreGuest guest) {
        CoreGuest changed = convention == null
                ? guest
                : guest.convention(Convention.named(convention).orElseThrow());
        if (staticResults) {
            changed = keepingResults(changed);
        }
        if (payload != null) {
            String format = payload;
            changed = changed.convention(c -> c.toBuilder().payload(format).build());
        }
        if (lists.isEmpty()) {
            return changed;
        }
        ManagedList[] all = lists.toArray(ManagedList[]::new);
        try {
            return changed.convention(c -> c.toBuilder()
                    .lists(all[0], Arrays.copyOfRange(all, 1, all.length))
                    .build());
        } catch (IllegalArgumentException e) {
            throw wrong("--lists: " + e.getMessage());
        }
    }

    private CoreGuest keepingResults(CoreGuest guest) {
        List<Convention> found = guest.detection().candidates().stream()
                .map(Detection.Candidate::convention)
                .toList();
        if (!found.isEmpty() && found.stream().noneMatch(Convention::freesResults)) {
            throw wrong("--static-results has no effect: in the convention "
                    + found.get(0).name() + " the host frees no result, so leave it out");
        }
        return guest.convention(Convention::staticResults);
    }
}
