package dev.airlock.benchmarks;

import dev.airlock.CoreGuest;
import dev.airlock.benchmarks.BoundGreetBenchmark.Greeter;
import dev.airlock.binding.Bindings;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.pool.PoolOptions;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures how many calls a second a server makes to one guest from 1, 2, 4 and 64 threads. Each round measures all ways to
 * get an instance one after the other, so that other work on the machine affects all alike. Not a JMH benchmark, because
 * the number of threads cannot be a parameter there.
 */
public final class Load {
    private static final int[] THREADS = {1, 2, 4, 64};
    private static final int ROUNDS_TO_WARM_UP = 2;

    private final long nanos;
    private final Map<String, Greeter> ways = new LinkedHashMap<>();

    private Load(String kit, long millis) {
        nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        CoreGuest guest = (CoreGuest) Kit.onAirlock(kit);
        int cores = Runtime.getRuntime().availableProcessors();
        // Warmed up, or each call after a reset would repeat what the guest's allocator does only once.
        PoolOptions warm = PoolOptions.size(cores).warmUp(Greeter.class, greeter -> greeter.greet("Eve"));
        ways.put("pooled, reset", guest.pooled(warm).as(Greeter.class));
        ways.put("pooled, kept", guest.pooled(warm.keepingState()).as(Greeter.class));
        Module module = guest.module();
        Detection convention = guest.detection();
        Linker linker = new Linker().unknownImportsAsTraps();
        WasiPreview1.addTo(linker, WasiCtx.builder().build());
        Snapshot snapshot = snapshot(linker, module);
        ways.put("from snapshot", name -> called(linker.instantiate(snapshot), convention, name));
        ways.put("from module", name -> called(linker.instantiate(module), convention, name));
        Supplier<run.endive.runtime.Instance> endive = Kit.compiledByEndive(kit);
        ways.put(
                "Endive, from module",
                name -> BoundGreetBenchmark.OfEndive.byHand(kit, endive.get()).greet(name));
    }

    private static Snapshot snapshot(Linker linker, Module module) {
        try (Instance first = linker.instantiate(module)) {
            return first.snapshot();
        }
    }

    private static String called(Instance instance, Detection convention, String name) {
        try (instance) {
            return Bindings.bind(instance, convention, Greeter.class).greet(name);
        }
    }

    /** {@code load KIT ROUNDS MILLISECONDS}: the number of rounds, and the time of each cell of the table in each round. */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: load KIT ROUNDS MILLISECONDS");
            System.exit(2);
        }
        var load = new Load(args[0], Long.parseLong(args[2]));
        // Discarded: the JVM compiles during these calls.
        for (int i = 0; i < ROUNDS_TO_WARM_UP; i++) {
            load.round();
        }
        var rounds = new ArrayList<Map<String, double[]>>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            rounds.add(load.round());
        }
        load.print(rounds);
        System.exit(0);
    }

    private Map<String, double[]> round() throws Exception {
        var rates = new LinkedHashMap<String, double[]>();
        for (Map.Entry<String, Greeter> way : ways.entrySet()) {
            double[] perThreads = new double[THREADS.length];
            for (int i = 0; i < THREADS.length; i++) {
                perThreads[i] = callsPerSecond(way.getValue(), THREADS[i]);
            }
            rates.put(way.getKey(), perThreads);
        }
        return rates;
    }

    private double callsPerSecond(Greeter greeter, int threads) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        var ready = new CountDownLatch(threads);
        var running = new ArrayList<Future<Long>>();
        try {
            for (int i = 0; i < threads; i++) {
                String name = "Ada" + i;
                running.add(workers.submit(() -> {
                    ready.countDown();
                    ready.await();
                    long calls = 0;
                    long end = System.nanoTime() + nanos;
                    while (System.nanoTime() < end) {
                        GuestFiles.check("Hello, " + name + "!", greeter.greet(name));
                        calls++;
                    }
                    return calls;
                }));
            }
            long calls = 0;
            for (Future<Long> one : running) {
                calls += one.get();
            }
            return calls * 1e9 / nanos;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void print(List<Map<String, double[]>> rounds) {
        System.out.println(
                "Calls per second, medians of " + rounds.size() + " rounds, lowest and highest behind them\n");
        var head = new StringBuilder("| an instance |");
        var rule = new StringBuilder("|---|");
        for (int threads : THREADS) {
            head.append(' ').append(threads).append(threads == 1 ? " thread |" : " threads |");
            rule.append("---|");
        }
        System.out.println(head + "\n" + rule);
        for (String way : ways.keySet()) {
            var line = new StringBuilder("| " + way + " |");
            for (int i = 0; i < THREADS.length; i++) {
                int column = i;
                double[] rates = rounds.stream()
                        .mapToDouble(round -> round.getOrDefault(way, new double[THREADS.length])[column])
                        .sorted()
                        .toArray();
                line.append(String.format(
                        Locale.ROOT,
                        " %,.0f (%,.0f to %,.0f) |",
                        rates[rates.length / 2],
                        rates[0],
                        rates[rates.length - 1]));
            }
            System.out.println(line);
        }
    }
}
