package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.LimitException;
import dev.airlock.limit.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Measures how long after its deadline a call ends, in a loop of the guest and in a host function that waits. */
public final class Lateness {
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private Lateness() {}

    /** {@code lateness CALLS BUSY}: the number of calls of each kind, and of threads that keep processors busy meanwhile. */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: lateness CALLS BUSY");
            System.exit(2);
        }
        int calls = Integer.parseInt(args[0]);
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            Thread busy = new Thread(Lateness::keepBusy);
            busy.setDaemon(true);
            busy.start();
        }
        System.out.println("Milliseconds after a deadline of 50, of " + calls + " calls\n");
        System.out.println("| the call is in | median | 99 of 100 | latest |\n|---|---|---|---|");
        var engine = Engine.create();
        var traps = engine.compile(GuestFiles.file("wat/traps"));
        var callsHost = engine.compile(GuestFiles.file("wat/nomemory"));
        Linker linker = new Linker()
                .limits(Limits.defaults().timeout(TIMEOUT))
                .function("env", "touch", IntConsumer.class, ignored -> waitForever());
        report("a loop", calls, ended -> {
            try (Instance instance = linker.instantiate(traps)) {
                ended.accept(instance.function("loop_forever", Runnable.class));
            }
        });
        report("a host function that waits", calls, ended -> {
            try (Instance instance = linker.instantiate(callsHost)) {
                IntConsumer touch = instance.function("touch", IntConsumer.class);
                ended.accept(() -> touch.accept(0));
            }
        });
        System.exit(0);
    }

    private static void keepBusy() {
        long sum = 0;
        while (sum != -1) {
            sum += System.nanoTime() & 1;
        }
    }

    private static void waitForever() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void report(String where, int calls, Consumer<Consumer<Runnable>> made) {
        double[] late = new double[calls];
        for (int i = -5; i < calls; i++) {
            int call = i;
            made.accept(endless -> {
                double millis = late(endless);
                // The first calls load classes.
                if (call >= 0) {
                    late[call] = millis;
                }
            });
        }
        Arrays.sort(late);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                where,
                late[calls / 2],
                late[calls * 99 / 100],
                late[calls - 1]);
    }

    private static double late(Runnable endless) {
        long start = System.nanoTime();
        try {
            endless.run();
        } catch (LimitException e) {
            if (e.kind() != LimitException.Kind.WALL_CLOCK) {
                throw e;
            }
            return (System.nanoTime() - start - TIMEOUT.toNanos()) / 1e6;
        }
        throw new IllegalStateException("it ended by itself");
    }
}
