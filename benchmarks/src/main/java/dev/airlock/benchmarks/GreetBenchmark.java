package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
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
import run.endive.runtime.ExportFunction;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** Passes a string in and a string out, by hand on both sides, to measure the cost of typed handles and of a strict memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class GreetBenchmark {
    /** Where the guest has to put the offset and the length of its result. */
    private static final int PAIR_BYTES = 8;

    /** A name, and the check that it is greeted right. */
    @State(Scope.Thread)
    public abstract static class Named {
        @Param({"3", "1024", "65536"})
        int length;

        String name = "";

        @Setup
        public void check() {
            name = "Ada".repeat(length / 3 + 1).substring(0, length);
            for (int i = 0; i < 3; i++) {
                GuestFiles.check("Hello, " + name + "!", greet());
            }
            GuestFiles.check(0, liveBlocks());
        }

        abstract String greet();

        abstract int liveBlocks();
    }

    /** {@code Greet(ret, ptr, len)}. */
    public interface Greet {
        void greet(int ret, int ptr, int len);
    }

    /** {@code live()}. */
    public interface Live {
        int blocks();
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Named {
        private final IntUnaryOperator malloc;
        private final IntConsumer free;
        private final Greet greet;
        private final Live live;
        private final Memory memory;

        public OfAirlock() {
            Instance instance = new Linker().instantiate(Engine.create().compile(GuestFiles.file("c/return-string")));
            malloc = instance.function("malloc", IntUnaryOperator.class);
            free = instance.function("free", IntConsumer.class);
            greet = instance.function("Greet", Greet.class);
            live = instance.function("live", Live.class);
            memory = instance.memory();
        }

        @Override
        String greet() {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            int ret = malloc.applyAsInt(PAIR_BYTES);
            int ptr = malloc.applyAsInt(utf8.length);
            memory.write(ptr, utf8);
            greet.greet(ret, ptr, utf8.length);
            int text = memory.readInt(ret);
            String greeting = memory.readString(text, memory.readInt(ret + 4));
            free.accept(text);
            free.accept(ptr);
            free.accept(ret);
            return greeting;
        }

        @Override
        int liveBlocks() {
            return live.blocks();
        }
    }

    @State(Scope.Thread)
    public static class OfEndive extends Named {
        private final ExportFunction malloc;
        private final ExportFunction free;
        private final ExportFunction greet;
        private final ExportFunction live;
        private final run.endive.runtime.Memory memory;

        public OfEndive() {
            WasmModule module = Parser.parse(GuestFiles.bytes("c/return-string"));
            run.endive.runtime.Instance instance = run.endive.runtime.Instance.builder(module)
                    .withMachineFactory(MachineFactoryCompiler.compile(module))
                    .build();
            instance.export("_initialize").apply();
            malloc = instance.export("malloc");
            free = instance.export("free");
            greet = instance.export("Greet");
            live = instance.export("live");
            memory = instance.memory();
        }

        @Override
        String greet() {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            int ret = (int) malloc.apply(PAIR_BYTES)[0];
            int ptr = (int) malloc.apply(utf8.length)[0];
            memory.write(ptr, utf8);
            greet.apply(ret, ptr, utf8.length);
            int text = memory.readInt(ret);
            String greeting = memory.readString(text, memory.readInt(ret + 4));
            free.apply(text);
            free.apply(ptr);
            free.apply(ret);
            return greeting;
        }

        @Override
        int liveBlocks() {
            return (int) live.apply()[0];
        }
    }

    @Benchmark
    public String airlock(OfAirlock guest) {
        return guest.greet();
    }

    @Benchmark
    public String endive(OfEndive guest) {
        return guest.greet();
    }
}
