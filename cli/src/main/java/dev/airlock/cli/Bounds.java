package dev.airlock.cli;

import dev.airlock.limit.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The limits that the options set for a guest. */
final class Bounds {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18})([A-Za-z]+)");
    private static final Map<String, Long> NANOS = Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Ends the guest after this time, with exit code 124. Examples: 500ms, 10s, 2m.")
    private @Nullable String timeout;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description =
                    "Ends the guest when it asks for more memory, with exit code 122. Examples: 64MiB, 1GiB. Without this"
                            + " option, growing beyond 1GiB fails and the guest continues.")
    private @Nullable String memory;

    @Option(
            names = "--max-output",
            paramLabel = "SIZE",
            description = "Ends the guest when it writes more to standard output or to standard error, with exit code"
                    + " 123. Examples: 500B, 64KiB, 1MiB.")
    private @Nullable String output;

    Limits limits() {
        Limits limits = Limits.defaults();
        if (timeout != null) {
            long nanos = quantity("--timeout", timeout, NANOS, "ms, s or m, as in 500ms");
            if (nanos == 0) {
                throw wrong("--timeout " + timeout + ": it must be more than zero");
            }
            limits = limits.timeout(Duration.ofNanos(nanos));
        }
        if (memory != null) {
            limits = limits.memoryBytes(quantity("--max-memory", memory, BYTES, "B, KiB, MiB or GiB, as in 64MiB"))
                    .growthTraps(true);
        }
        if (output != null) {
            limits = limits.outputBytes(quantity("--max-output", output, BYTES, "B, KiB, MiB or GiB, as in 1MiB"));
        }
        return limits;
    }

    private long quantity(String option, String text, Map<String, Long> units, String known) {
        Matcher parts = QUANTITY.matcher(text);
        Long unit = parts.matches() ? units.get(parts.group(2)) : null;
        if (unit == null) {
            throw wrong(option + " " + text + ": expected a number with its unit, " + known);
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
        } catch (ArithmeticException e) {
            throw wrong(option + " " + text + ": the number is too large");
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
