package dev.airlock.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/**
 * Prints how long a kernel takes on one engine: the least processor time of the calling thread in milliseconds, after a
 * warm-up. {@code compute.sh} compares these with node's.
 */
public final class Compute {
    private static final int CALLS = 8;

    private Compute() {}

    /**
     * Measures kernels one after the other.
     *
     * @param args {@code airlock} or {@code endive}, the milliseconds of warm-up, and names of kernels
     */
    public static void main(String[] args) {
        if (args.length < 3) {
            System.err.println("usage: Compute airlock|endive WARM_UP_MS KERNEL...");
            System.exit(2);
        }
        long warmUp = Long.parseLong(args[1]) * 1_000_000;
        for (int i = 2; i < args.length; i++) {
            String name = args[i];
            boolean isScalar = name.startsWith("scalar-");
            Kernel kernel = Kernel.named(isScalar ? name.replace("scalar-", "vector-") : name);
            if (isScalar) {
                kernel = kernel.scalar();
            }
            IntToLongFunction run = switch (args[0]) {
                case "airlock" -> kernel.onAirlock();
                case "endive" -> kernel.onEndive();
                default -> throw new IllegalArgumentException("no such engine: " + args[0]);
            };
            System.out.printf(Locale.ROOT, "%s %.3f%n", name, milliseconds(kernel, run, warmUp));
        }
    }

    private static double milliseconds(Kernel kernel, IntToLongFunction run, long warmUp) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        do {
            GuestFiles.check(kernel.answer(), run.applyAsLong(kernel.size()));
        } while (System.nanoTime() - start < warmUp);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CALLS; i++) {
            long before = threads.getCurrentThreadCpuTime();
            run.applyAsLong(kernel.size());
            least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        }
        return least / 1e6;
    }
}
