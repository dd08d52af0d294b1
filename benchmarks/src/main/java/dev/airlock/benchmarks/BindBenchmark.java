package dev.airlock.benchmarks;

import dev.airlock.Guest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures binding an interface of ten methods to a compiled guest. No peer does that, so the results are times and not
 * ratios. A module is bound only once, so each call is measured singly.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 30)
@Measurement(iterations = 30)
public class BindBenchmark {
    /** Ten functions of a kit. */
    public interface Kit10 {
        String greet(String name);

        String echo(String text);

        int count(String text);

        byte[] reverse(byte[] bytes);

        long sum(long[] values);

        double[] scale(double[] values, double by);

        void shout(String text);

        String ask(String question);

        int add(int a, int b);

        int live();
    }

    /** A guest that was never bound. */
    @State(Scope.Thread)
    public static class Fresh {
        Guest guest = open();

        @Setup(Level.Invocation)
        public void compile() {
            guest = open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            guest.close();
        }

        private static Guest open() {
            return Kit.onAirlock("c");
        }
    }

    /** A guest that was bound before. */
    @State(Scope.Thread)
    public static class Bound extends Fresh {
        @Override
        public void compile() {
            super.compile();
            GuestFiles.check("Hello, Ada!", guest.as(Kit10.class).greet("Ada"));
        }
    }

    /** The first binding in a JVM: most of the time is class loading. */
    @Benchmark
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(
            value = 5,
            jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR
            })
    public Object firstOfProcess(Fresh fresh) {
        return fresh.guest.as(Kit10.class);
    }

    /** Makes an instance, and generates code for ten methods. */
    @Benchmark
    public Object firstOfModule(Fresh fresh) {
        return fresh.guest.as(Kit10.class);
    }

    /** Makes another instance, with existing code. */
    @Benchmark
    public Object secondOfModule(Bound bound) {
        return bound.guest.as(Kit10.class);
    }

    /** Makes only the instance, which both need. */
    @Benchmark
    public Object instanceAlone(Bound bound) {
        return bound.guest.instance();
    }
}
