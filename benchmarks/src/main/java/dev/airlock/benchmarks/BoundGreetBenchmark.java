package dev.airlock.benchmarks;

import dev.airlock.Guest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/**
 * Passes a string in and a string out, for guests in four languages: through a bound interface of Airlock, and by hand with
 * the peer.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class BoundGreetBenchmark {
    /** The exports of every kit. */
    public interface Greeter {
        String greet(String name);
    }

    /** The export of the kits that count their blocks. */
    public interface CountingGreeter extends Greeter {
        int live();
    }

    @State(Scope.Thread)
    public abstract static class OfKit extends Names {
        @Param({"rust", "c", "assemblyscript", "go"})
        String guest = "";
    }

    @State(Scope.Thread)
    public static class OfAirlock extends OfKit {
        private Greeter greeter = name -> name;

        @Override
        void open() {
            Guest opened = Kit.onAirlock(guest);
            greeter = guest.equals("assemblyscript") ? opened.as(Greeter.class) : opened.as(CountingGreeter.class);
        }

        @Override
        String greet() {
            return greeter.greet(name);
        }

        @Override
        int liveBlocks() {
            return greeter instanceof CountingGreeter counting ? counting.live() : 0;
        }
    }

    @State(Scope.Thread)
    public static class OfEndive extends OfKit {
        private Greeter greeter = name -> name;
        private ExportFunction live = args -> new long[1];

        @Override
        void open() {
            Instance instance = Kit.onEndive(guest);
            greeter = byHand(guest, instance);
            if (!guest.equals("assemblyscript")) {
                live = instance.export("live");
            }
        }

        static Greeter byHand(String guest, Instance instance) {
            return switch (guest) {
                case "assemblyscript" -> managed(instance);
                case "rust" -> sized(instance);
                default -> plain(instance);
            };
        }

        /** {@code malloc(size)}, {@code free(ptr)}: C, Go. */
        private static Greeter plain(Instance instance) {
            ExportFunction malloc = instance.export("malloc");
            ExportFunction free = instance.export("free");
            ExportFunction greet = instance.export("greet");
            Memory memory = instance.memory();
            return name -> {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                int ptr = (int) malloc.apply(utf8.length)[0];
                memory.write(ptr, utf8);
                long fat = greet.apply(ptr, utf8.length)[0];
                int text = (int) (fat >>> 32);
                String greeting = memory.readString(text, (int) fat);
                free.apply(text);
                free.apply(ptr);
                return greeting;
            };
        }

        /** {@code alloc(size)}, {@code dealloc(ptr, size)}: Rust. */
        private static Greeter sized(Instance instance) {
            ExportFunction alloc = instance.export("alloc");
            ExportFunction dealloc = instance.export("dealloc");
            ExportFunction greet = instance.export("greet");
            Memory memory = instance.memory();
            return name -> {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                int ptr = (int) alloc.apply(utf8.length)[0];
                memory.write(ptr, utf8);
                long fat = greet.apply(ptr, utf8.length)[0];
                int text = (int) (fat >>> 32);
                String greeting = memory.readString(text, (int) fat);
                dealloc.apply(text, (int) fat);
                dealloc.apply(ptr, utf8.length);
                return greeting;
            };
        }

        /**
         * AssemblyScript: does the same as the JavaScript that its compiler generates for this function. It pins nothing,
         * since nothing else is allocated between the argument and the call.
         */
        private static Greeter managed(Instance instance) {
            ExportFunction allocate = instance.export("__new");
            ExportFunction greet = instance.export("greet");
            Memory memory = instance.memory();
            int stringClass = 2;
            int sizeBefore = -4;
            return name -> {
                byte[] utf16 = name.getBytes(StandardCharsets.UTF_16LE);
                int ptr = (int) allocate.apply(utf16.length, stringClass)[0];
                memory.write(ptr, utf16);
                int text = (int) greet.apply(ptr)[0];
                return memory.readString(text, memory.readInt(text + sizeBefore), StandardCharsets.UTF_16LE);
            };
        }

        @Override
        String greet() {
            return greeter.greet(name);
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
