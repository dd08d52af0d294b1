package dev.airlock.cli.report;

import dev.airlock.engine.LargeFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Describes functions that are too large for HotSpot to compile by default. */
final class LargeFunctions {
    private LargeFunctions() {}

    /** Returns a line for each function, the largest first, after a line that says what they have in common. */
    static List<String> lines(List<LargeFunction> functions) {
        var lines = new ArrayList<String>();
        if (functions.isEmpty()) {
            return lines;
        }
        lines.add(String.format(
                "%,d compiled only with -XX:-DontCompileHugeMethods, which this command sets; your own java command must set it"
                        + " too:",
                functions.size()));
        functions.stream()
                .sorted(Comparator.comparing(LargeFunction::bytecodes).reversed())
                .forEach(function ->
                        lines.add(String.format("  %s, %,d bytes of JVM code", function.name(), function.bytecodes())));
        return lines;
    }
}
