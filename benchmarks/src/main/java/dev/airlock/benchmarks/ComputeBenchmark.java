package dev.airlock.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
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
import org.openjdk.jmh.annotations.Warmup;

/** Measures compiled code: kernels in C that only compute. {@code compute.sh} measures the same beside Node. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ComputeBenchmark {

    @State(Scope.Thread)
    public abstract static class Work {
        @Param({
            "sha256",
            "matrix",
            "nbody",
            "fannkuch",
            "spectral",
            "mandelbrot",
            "sort",
            "base64",
            "json",
            "search",
            "interpreter",
            "trees",
            "chase",
            "lz",
            "indirect",
            "mix64",
            "fib",
            "sieve"
        })
        String kernel = "";

        private IntToLongFunction run = n -> 0;
        private int size;

        @Setup
        public void prepare() {
            Kernel chosen = Kernel.named(kernel);
            run = load(chosen);
            size = chosen.size();
            GuestFiles.check(chosen.answer(), run.applyAsLong(size));
        }

        abstract IntToLongFunction load(Kernel kernel);

        long run() {
            return run.applyAsLong(size);
        }
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Work {
        @Override
        IntToLongFunction load(Kernel kernel) {
            return kernel.onAirlock();
        }
    }

    @State(Scope.Thread)
    public static class OfEndive extends Work {
        @Override
        IntToLongFunction load(Kernel kernel) {
            return kernel.onEndive();
        }
    }

    @Benchmark
    public long airlock(OfAirlock work) {
        return work.run();
    }

    @Benchmark
    public long endive(OfEndive work) {
        return work.run();
    }
}
