package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
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

/**
 * Makes and closes an instance of a compiled guest: from its module, with its initialization, and from a snapshot made
 * after the initialization. Uses the kits in C (2 pages of memory), Rust (17) and Go (large, and starts its runtime).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class InstantiateBenchmark {
    /** A kit in Airlock. */
    @State(Scope.Thread)
    public static class OfAirlock {
        @Param({"c", "rust", "go"})
        String guest = "";

        Linker linker = new Linker();
        Supplier<Module> module = () -> {
            throw new IllegalStateException("not set up");
        };
        Supplier<Snapshot> snapshot = () -> {
            throw new IllegalStateException("not set up");
        };

        @Setup
        public void open() {
            linker = new Linker().unknownImportsAsTraps();
            WasiPreview1.addTo(linker, WasiCtx.builder().build());
            Module compiled = Engine.create().compile(GuestFiles.file(guest + "/kit"));
            module = () -> compiled;
            try (Instance first = linker.instantiate(compiled)) {
                Snapshot made = first.snapshot();
                snapshot = () -> made;
            }
            for (int i = 0; i < 3; i++) {
                try (Instance instance = linker.instantiate(snapshot.get())) {
                    GuestFiles.check(3L, instance.function("add").call(1, 2)[0]);
                }
            }
        }
    }

    /** The same kit in Endive. */
    @State(Scope.Thread)
    public static class OfEndive {
        @Param({"c", "rust", "go"})
        String guest = "";

        private Supplier<run.endive.runtime.Instance> maker = () -> {
            throw new IllegalStateException("not set up");
        };

        @Setup
        public void open() {
            maker = Kit.compiledByEndive(guest);
            GuestFiles.check(3L, make().export("add").apply(1, 2)[0]);
        }

        run.endive.runtime.Instance make() {
            return maker.get();
        }
    }

    @Benchmark
    public Object airlock(OfAirlock kit) {
        return closed(kit, linker -> linker.instantiate(kit.snapshot.get()));
    }

    /** What Airlock's users do without a snapshot. */
    @Benchmark
    public Object airlockModule(OfAirlock kit) {
        return closed(kit, linker -> linker.instantiate(kit.module.get()));
    }

    private static Object closed(OfAirlock kit, Function<Linker, Instance> make) {
        try (Instance made = make.apply(kit.linker)) {
            return made;
        }
    }

    /** The same if instances are not closed, so that each needs a new array for its memory. */
    @Benchmark
    public Object airlockUnclosed(OfAirlock kit) {
        return kit.linker.instantiate(kit.snapshot.get());
    }

    @Benchmark
    public Object endive(OfEndive kit) {
        return kit.make();
    }
}
