package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ByteBufferMemory;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/** Measures a guest's loads and stores. All peers run the same code, by the same compiler, on different memories. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class MemoryBenchmark {

    /** A guest's {@code run}, with an amount of work that takes some milliseconds. */
    @State(Scope.Thread)
    public abstract static class Work {
        @Param({"matrix", "sort", "base64", "sha256"})
        String guest = "";

        private IntToLongFunction run = n -> 0;
        private int n;

        @Setup
        public void prepare() {
            run = load("c/" + guest);
            switch (guest) {
                case "matrix" -> prepare(64, -1075342163174227968L, 128);
                case "sort" -> prepare(1000, 6535415732738068508L, 100_000);
                case "base64" -> prepare(1000, -1620549972682232780L, 1 << 20);
                case "sha256" -> prepare(1000, -4009818721825229390L, 1 << 20);
                default -> throw new IllegalArgumentException("no such guest: " + guest);
            }
        }

        private void prepare(int knownSize, long knownAnswer, int size) {
            GuestFiles.check(knownAnswer, run.applyAsLong(knownSize));
            n = size;
        }

        abstract IntToLongFunction load(String file);

        long run() {
            return run.applyAsLong(n);
        }
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Work {
        @Override
        IntToLongFunction load(String file) {
            return new Linker()
                    .instantiate(Engine.create().compile(GuestFiles.file(file)))
                    .function("run", IntToLongFunction.class);
        }
    }

    /** Like an instance of a pool: writes are marked, so that they can be undone. Nothing is undone here. */
    @State(Scope.Thread)
    public static class OfSnapshot extends Work {
        @Override
        IntToLongFunction load(String file) {
            var linker = new Linker();
            var first = linker.instantiate(Engine.create().compile(GuestFiles.file(file)));
            return linker.instantiate(first.snapshot()).function("run", IntToLongFunction.class);
        }
    }

    private static IntToLongFunction onEndive(String file, Function<MemoryLimits, Memory> memory) {
        WasmModule module = Parser.parse(GuestFiles.bytes(file));
        ExportFunction run = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .withMemoryFactory(memory)
                .build()
                .export("run");
        return n -> run.apply(n)[0];
    }

    @State(Scope.Thread)
    public static class OfByteBufferMemory extends Work {
        @Override
        IntToLongFunction load(String file) {
            return onEndive(file, ByteBufferMemory::new);
        }
    }

    @State(Scope.Thread)
    public static class OfByteArrayMemory extends Work {
        @Override
        IntToLongFunction load(String file) {
            return onEndive(file, ByteArrayMemory::new);
        }
    }

    @Benchmark
    public long airlock(OfAirlock work) {
        return work.run();
    }

    @Benchmark
    public long airlockMarking(OfSnapshot work) {
        return work.run();
    }

    /** Endive's default. */
    @Benchmark
    public long endiveByteBuffer(OfByteBufferMemory work) {
        return work.run();
    }

    @Benchmark
    public long endiveByteArray(OfByteArrayMemory work) {
        return work.run();
    }
}
