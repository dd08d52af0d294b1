package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.Entry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Has the JVM's collector run until something has come of it. */
public final class Garbage {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private Garbage() {}

    /** Collects until something is so, which it will be soon. */
    public static void collectUntil(BooleanSupplier done) throws InterruptedException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            System.gc();
            Thread.sleep(5);
        }
    }

    /**
     * Collects twice. All instances that nothing led to before are closed then: this drops one itself each time, and waits for
     * its end, and they end one after the other.
     */
    public static void collect() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            var gone = new AtomicBoolean();
            drop(gone);
            collectUntil(gone::get);
        }
    }

    private static void drop(AtomicBoolean gone) {
        Entry.holdings(Guests.instance("wat/numbers")).add(() -> gone.set(true));
    }

    /** What is in use after a collection, in bytes. */
    public static long used() throws InterruptedException {
        collect();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
