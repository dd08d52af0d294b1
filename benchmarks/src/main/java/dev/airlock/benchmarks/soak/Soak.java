package dev.airlock.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Runs guests that end badly, spread over a time, in several threads, and measures in between what the process holds. Ends
 * with exit code 1 if something has grown.
 */
public final class Soak {
    /** The number of measurements. */
    private static final int MEASURES = 40;

    private final int guests;
    private final Duration time;
    private final int threads;
    private final Map<Life, Integer> lived = new EnumMap<>(Life.class);

    Soak(int guests, Duration time, int threads) {
        this.guests = guests;
        this.time = time;
        this.threads = threads;
    }

    /** {@code soak GUESTS MINUTES THREADS}. */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: soak GUESTS MINUTES THREADS");
            System.exit(2);
        }
        var soak = new Soak(
                Integer.parseInt(args[0]), Duration.ofMinutes(Long.parseLong(args[1])), Integer.parseInt(args[2]));
        List<String> growth = new Trend(soak.run()).growth();
        System.out.println(soak.lived.entrySet().stream()
                .map(entry -> entry.getValue() + " " + words(entry.getKey()))
                .collect(Collectors.joining(", ")));
        System.out.println(growth.isEmpty() ? "flat" : "grown: " + String.join("; ", growth));
        System.exit(growth.isEmpty() ? 0 : 1);
    }

    private static String words(Life life) {
        return life.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What the process held after each part. */
    List<Vitals> run() throws Exception {
        var shared = new Life.Guests();
        var measures = new ArrayList<Vitals>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        try {
            System.out.println(
                    "| guests | seconds | heap, KiB | classes and code, KiB | classes | threads | open files |");
            System.out.println("|---|---|---|---|---|---|---|");
            int begun = 0;
            for (int i = 1; i <= MEASURES; i++) {
                int until = (int) ((long) guests * i / MEASURES);
                live(workers, shared, begun, until, start + time.toNanos() * i / MEASURES);
                begun = until;
                Vitals now = Vitals.now();
                measures.add(now);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %d | %d | %d |%n",
                        begun,
                        (System.nanoTime() - start) / 1_000_000_000,
                        now.heap() >> 10,
                        now.classes() >> 10,
                        now.loaded(),
                        now.threads(),
                        now.descriptors());
            }
        } finally {
            workers.shutdownNow();
        }
        return measures;
    }

    private void live(ExecutorService workers, Life.Guests shared, int from, int until, long deadline)
            throws Exception {
        var running = new ArrayList<Future<?>>();
        for (int worker = 0; worker < threads; worker++) {
            int first = from + worker;
            running.add(workers.submit((Callable<?>) () -> {
                for (int guest = first; guest < until; guest += threads) {
                    Life life = Life.values()[guest % Life.values().length];
                    life.run(shared);
                    synchronized (lived) {
                        lived.merge(life, 1, Integer::sum);
                    }
                    // Spreads the guests over the whole time, instead of running them in the first minutes.
                    long left = deadline - System.nanoTime();
                    int others = (until - guest) / threads + 1;
                    if (left > 0) {
                        Thread.sleep(Duration.ofNanos(left / others).toMillis());
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a guest did not end as it should", e.getCause());
            }
        }
    }
}
