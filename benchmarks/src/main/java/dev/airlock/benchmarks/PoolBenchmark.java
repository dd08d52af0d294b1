package dev.airlock.benchmarks;

import dev.airlock.Guest;
import dev.airlock.pool.PoolOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures what a pool adds to a bound call: the same {@code greet} by an instance of each thread, by a pool that resets,
 * and by one that keeps state; with {@code -t 4} by four threads on one pool of four instances.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PoolBenchmark {
    private static final int SIZE = 4;

    /** The exports of every kit. */
    public interface Greeter {
        String greet(String name);

        int add(int a, int b);
    }

    /** A kit, opened once for all threads: one kind of instance in each JVM, as in most programs. */
    @State(Scope.Benchmark)
    public abstract static class Kits {
        @Param({"c", "rust", "components/c", "components/rust"})
        String kit = "";

        private @Nullable Guest guest;
        Greeter greeter = none();

        @Setup
        public void open() {
            Guest opened = Kit.onAirlock(kit);
            guest = opened;
            greeter = open(opened);
            GuestFiles.check("Hello, Ada!", greeter.greet("Ada"));
        }

        abstract Greeter open(Guest guest);

        @TearDown
        public void close() {
            if (guest != null) {
                guest.close();
            }
        }
    }

    /** Without the warm-up each call would pay again for what the guest's allocator does only once. */
    public static class Resetting extends Kits {
        @Override
        Greeter open(Guest guest) {
            PoolOptions warm = PoolOptions.size(SIZE).warmUp(Greeter.class, greeter -> greeter.greet("Eve"));
            return guest.pooled(warm).as(Greeter.class);
        }
    }

    /** Each call is the first one of its instance. */
    public static class Cold extends Kits {
        @Override
        Greeter open(Guest guest) {
            return guest.pooled(PoolOptions.size(SIZE)).as(Greeter.class);
        }
    }

    /** The state of instances is kept. */
    public static class Keeping extends Kits {
        @Override
        Greeter open(Guest guest) {
            return guest.pooled(PoolOptions.size(SIZE).keepingState()).as(Greeter.class);
        }
    }

    /** An instance for each thread. */
    @State(Scope.Thread)
    public static class Own extends Kits {
        @Override
        Greeter open(Guest guest) {
            return guest.as(Greeter.class);
        }
    }

    private static Greeter none() {
        return new Greeter() {
            @Override
            public String greet(String name) {
                throw new IllegalStateException("not set up");
            }

            @Override
            public int add(int a, int b) {
                throw new IllegalStateException("not set up");
            }
        };
    }

    @Benchmark
    public String unpooled(Own own) {
        return own.greeter.greet("Ada");
    }

    @Benchmark
    public String pooled(Resetting pool) {
        return pool.greeter.greet("Ada");
    }

    @Benchmark
    public String pooledCold(Cold pool) {
        return pool.greeter.greet("Ada");
    }

    @Benchmark
    public String pooledKeeping(Keeping pool) {
        return pool.greeter.greet("Ada");
    }

    /** A call that changes nothing. */
    @Benchmark
    public int unpooledAdd(Own own) {
        return own.greeter.add(1, 2);
    }

    @Benchmark
    public int pooledAdd(Resetting pool) {
        return pool.greeter.add(1, 2);
    }
}
