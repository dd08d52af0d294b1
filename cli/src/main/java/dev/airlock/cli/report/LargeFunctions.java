package dev.airlock.cli.report;

import dev.airlock.engine.LargeFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Describes functions that are too large to be compiled. */
final class LargeFunctions {
    private LargeFunctions() {}

    /** Returns a line for each function, the largest first, after a line that says what they have in common. */
    static List<String> lines(List<LargeFunction> functions) {
        var lines = new ArrayList<String>();
        add(lines, functions, true, "too large for a JVM method: they run in an interpreter");
        add(
                lines,
                functions,
                false,
                "compiled only with -XX:-DontCompileHugeMethods, which this command sets; your own java command must set it too");
        return lines;
    }

    private static void add(List<String> lines, List<LargeFunction> functions, boolean interpreted, String what) {
        List<LargeFunction> found = functions.stream()
                .filter(function -> function.interpreted() == interpreted)
                .sorted(Comparator.comparing(LargeFunction::bytecodes).reversed())
                .toList();
        if (found.isEmpty()) {
            return;
        }
        lines.add(String.format("%,d %s:", found.size(), what));
        for (LargeFunction function : found) {
            lines.add(String.format("  %s, %,d bytes of JVM code", function.name(), function.bytecodes()));
        }
    }
}
