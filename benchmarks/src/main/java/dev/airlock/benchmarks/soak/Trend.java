package dev.airlock.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Finds out whether a process has grown. Compares the last quarter of all measurements with the second, since during the
 * first, classes are still loaded and code is still compiled.
 */
final class Trend {
    /** Fewer measurements show no trend. */
    static final int FEWEST = 8;

    private final List<Vitals> measures;

    Trend(List<Vitals> measures) {
        if (measures.size() < FEWEST) {
            throw new IllegalArgumentException("a trend takes " + FEWEST + " measures, not " + measures.size());
        }
        this.measures = List.copyOf(measures);
    }

    /** Returns what has grown, in words; empty if nothing has. */
    List<String> growth() {
        var found = new ArrayList<String>();
        check(found, "bytes of heap", Vitals::heap, 0.05, 1 << 20);
        // The JVM keeps compiling for a long time, and both versions of a method that it compiles again stay for a
        // while.
        check(found, "bytes of classes and compiled code", Vitals::classes, 0.10, 4 << 20);
        check(found, "loaded classes", Vitals::loaded, 0.05, 200);
        check(found, "threads", Vitals::threads, 0, 2);
        check(found, "open files", Vitals::descriptors, 0, 4);
        return found;
    }

    private void check(List<String> found, String what, ToLongFunction<Vitals> part, double share, long slack) {
        int quarter = measures.size() / 4;
        long before = median(measures.subList(quarter, 2 * quarter), part);
        long after = median(measures.subList(measures.size() - quarter, measures.size()), part);
        if (after > before + before * share + slack) {
            found.add(what + ": " + before + " in the second quarter, " + after + " in the last");
        }
    }

    private static long median(List<Vitals> some, ToLongFunction<Vitals> part) {
        long[] values = some.stream().mapToLong(part).sorted().toArray();
        return values[values.length / 2];
    }
}
