package dev.airlock.benchmarks;

import dev.airlock.Guest;
import io.github.kawamuray.wasmtime.Disposable;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.WasmFunctions;
import io.github.kawamuray.wasmtime.WasmFunctions.Consumer1;
import io.github.kawamuray.wasmtime.WasmFunctions.Function1;
import io.github.kawamuray.wasmtime.WasmFunctions.Function2;
import io.github.kawamuray.wasmtime.WasmValType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Compares the greeting of the C kit with an engine that compiles to machine code and is called through JNI. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class NativeGreetBenchmark {
    @State(Scope.Thread)
    public static class OfAirlock extends Names {
        private BoundGreetBenchmark.CountingGreeter greeter = open("c");

        private static BoundGreetBenchmark.CountingGreeter open(String language) {
            Guest opened = Kit.onAirlock(language);
            return opened.as(BoundGreetBenchmark.CountingGreeter.class);
        }

        @Override
        String greet() {
            return greeter.greet(name);
        }

        @Override
        int liveBlocks() {
            return greeter.live();
        }
    }

    /**
     * By hand, with functions that are looked up once. The memory is looked up for each call, since the memory of the C kit
     * may grow.
     */
    @State(Scope.Thread)
    public static class OfWasmtime extends Names {
        private final Store<Void> store = Store.withoutData();
        private final Memory memory;
        private final Function1<Integer, Integer> malloc;
        private final Consumer1<Integer> free;
        private final Function2<Integer, Integer, Long> greet;
        private final WasmFunctions.Function0<Integer> live;
        /** Kept in fields: if these were collected, the instance would be closed. */
        private final List<Disposable> kept;

        public OfWasmtime() {
            Module module = Module.fromBinary(store.engine(), GuestFiles.bytes("c/kit"));
            var log = WasmFunctions.wrap(store, WasmValType.I32, WasmValType.I32, (Integer ptr, Integer len) -> {
                throw new IllegalStateException("log");
            });
            var answer = WasmFunctions.wrap(
                    store, WasmValType.I32, WasmValType.I32, WasmValType.I64, (Integer ptr, Integer len) -> {
                        throw new IllegalStateException("answer");
                    });
            var instance = new Instance(store, module, List.of(Extern.fromFunc(log), Extern.fromFunc(answer)));
            kept = List.of(module, log, answer, instance);
            WasmFunctions.consumer(store, instance.getFunc(store, "_initialize").orElseThrow())
                    .accept();
            memory = instance.getMemory(store, "memory").orElseThrow();
            malloc = WasmFunctions.func(
                    store, instance.getFunc(store, "malloc").orElseThrow(), WasmValType.I32, WasmValType.I32);
            free = WasmFunctions.consumer(store, instance.getFunc(store, "free").orElseThrow(), WasmValType.I32);
            greet = WasmFunctions.func(
                    store,
                    instance.getFunc(store, "greet").orElseThrow(),
                    WasmValType.I32,
                    WasmValType.I32,
                    WasmValType.I64);
            live = WasmFunctions.func(store, instance.getFunc(store, "live").orElseThrow(), WasmValType.I32);
        }

        @Override
        String greet() {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            int ptr = malloc.call(utf8.length);
            memory.buffer(store).position(ptr).put(utf8);
            long fat = greet.call(ptr, utf8.length);
            int text = (int) (fat >>> 32);
            byte[] greeting = new byte[(int) fat];
            memory.buffer(store).position(text).get(greeting);
            free.accept(text);
            free.accept(ptr);
            return new String(greeting, StandardCharsets.UTF_8);
        }

        @Override
        int liveBlocks() {
            return kept.isEmpty() ? -1 : live.call();
        }
    }

    @Benchmark
    public String airlock(OfAirlock guest) {
        return guest.greet();
    }

    @Benchmark
    public String wasmtimeJava(OfWasmtime guest) {
        return guest.greet();
    }
}
