package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ExportFunction;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** Measures the cost of a call to a guest that does almost nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class AddBenchmark {

    /** Not constants, which the compiler would add at compile time. */
    @State(Scope.Thread)
    public static class Numbers {
        int a = 40;
        int b = 2;
    }

    @State(Scope.Thread)
    public static class OfAirlock {
        final IntBinaryOperator add;

        public OfAirlock() {
            Instance instance = new Linker().instantiate(Engine.create().compile(GuestFiles.file("wat/numbers")));
            add = instance.function("add", IntBinaryOperator.class);
            GuestFiles.check(42, add.applyAsInt(40, 2));
        }
    }

    @State(Scope.Thread)
    public static class OfEndive {
        final ExportFunction add;

        public OfEndive() {
            WasmModule module = Parser.parse(GuestFiles.bytes("wat/numbers"));
            add = run.endive.runtime.Instance.builder(module)
                    .withMachineFactory(MachineFactoryCompiler.compile(module))
                    .build()
                    .export("add");
            GuestFiles.check(42, (int) add.apply(40, 2)[0]);
        }
    }

    @Benchmark
    public int airlock(OfAirlock guest, Numbers numbers) {
        return guest.add.applyAsInt(numbers.a, numbers.b);
    }

    @Benchmark
    public int endive(OfEndive guest, Numbers numbers) {
        return (int) guest.add.apply(numbers.a, numbers.b)[0];
    }
}
