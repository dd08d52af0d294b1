package dev.airlock.benchmarks;

import dev.airlock.Airlock;
import dev.airlock.ComponentGuest;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.ComponentSnapshot;
import dev.airlock.component.bind.ComponentImports;
import dev.airlock.mapping.Tuple2;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the kit of components through a bound interface. The peer does not run on a JVM: {@code components.sh} asks
 * {@code node/component.mjs} the same questions, under the names of the methods here.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ComponentBenchmark {
    /** Calls of the host in one call of the guest. */
    private static final int LOOP = 1000;

    public record Point(int x, int y) {}

    public record Entry(int id, String name, double price) {}

    // A record with an array as a component: the benchmark never compares it by equals.
    @SuppressWarnings("ArrayRecordComponent")
    public record Ten(boolean a, int b, short c, int d, long e, float f, double g, int h, String i, byte[] j) {}

    public sealed interface Shape {
        record Dot() implements Shape {}

        record Circle(float radius) implements Shape {}

        record Square(long side) implements Shape {}

        record Label(String text) implements Shape {}

        record Polygon(List<Point> points) implements Shape {}

        record Named(Tuple2<String, Point> point) implements Shape {}
    }

    public interface Account extends AutoCloseable {
        long balance();

        long deposit(long amount);

        @Override
        void close();
    }

    /** The functions that the benchmark calls. */
    public interface Api extends AutoCloseable {
        void nothing();

        int add(int a, int b);

        Ten echoTen(Ten value);

        List<Entry> echoEntries(List<Entry> values);

        Shape echoShape(Shape value);

        Account newAccount(String owner);

        int takeString(String text);

        String makeString(int size);

        String echo(String text);

        int takeBytes(byte[] values);

        byte[] makeBytes(int size);

        byte[] echoBytes(byte[] values);

        int takeU32s(int[] values);

        int[] makeU32s(int size);

        int[] echoU32s(int[] values);

        void callTick(int times);

        int callAdd(int times);

        void callLog(int times, String text);

        @Override
        void close();
    }

    /** The imports that those functions call; all other imports trap. */
    public static final class Host {
        private int ticks;

        public void log(String text) {
            ticks += text.length();
        }

        public int add(int a, int b) {
            return a + b;
        }

        public void tick() {
            ticks++;
        }
    }

    /** An instance, and a check of its answers. */
    @State(Scope.Thread)
    public static class OfKit {
        @Param({"c", "rust"})
        String guest = "";

        final Host host = new Host();
        final Ten ten = new Ten(
                true, 200, (short) -3, (int) 4_000_000_000L, -5, 0.25f, 0.1, 'ß', "ten fields", new byte[] {1, 2, 3});
        final List<Entry> entries = IntStream.range(0, 1000)
                .mapToObj(id -> new Entry(id, "entry " + id, id / 4.0))
                .toList();
        final Shape shape = new Shape.Label("a shape");
        final String kibibyte = "x".repeat(1024);

        // Opens only the kit that the parameter names: a second one would make the calls slower.
        @SuppressWarnings("NullAway.Init")
        ComponentGuest opened;

        @SuppressWarnings("NullAway.Init")
        Api api;

        @SuppressWarnings("NullAway.Init")
        Account account;

        final ComponentLinker linker = new ComponentLinker();

        @SuppressWarnings("NullAway.Init")
        ComponentSnapshot snapshot;

        @Setup
        public void check() {
            opened = open(guest, host);
            ComponentImports.of(opened.component()).with("demo:kit/host", host).addTo(linker);
            linker.unknownImportsAsTraps();
            api = opened.as(Api.class);
            account = api.newAccount("Ada");
            account.deposit(100);
            api.nothing();
            GuestFiles.check(42, api.add(20, 22));
            GuestFiles.check(
                    List.of(ten.d, ten.i, 3),
                    List.of(api.echoTen(ten).d, api.echoTen(ten).i, api.echoTen(ten).j.length));
            GuestFiles.check(entries, api.echoEntries(entries));
            GuestFiles.check(shape, api.echoShape(shape));
            GuestFiles.check(100L, account.balance());
            host.ticks = 0;
            api.callTick(LOOP);
            api.callLog(LOOP, kibibyte);
            GuestFiles.check(LOOP * 1025, host.ticks);
            GuestFiles.check(LOOP, api.callAdd(LOOP));
            try (ComponentInstance first = linker.instantiate(opened.component())) {
                snapshot = first.snapshot();
            }
        }

        @TearDown
        public void close() {
            opened.close();
        }

        private static ComponentGuest open(String guest, Host host) {
            return Airlock.openComponent(GuestFiles.file("components/" + guest + "/kit"))
                    .imports("demo:kit/host", host)
                    .unknownImportsAsTraps();
        }
    }

    /** An instance, and a value to send. */
    @State(Scope.Thread)
    public static class OfSize extends OfKit {
        @Param({"1024", "65536"})
        int bytes;

        String string = "";
        byte[] list = {};
        int[] numbers = {};

        @Setup
        public void fill() {
            string = "x".repeat(bytes);
            list = new byte[bytes];
            Arrays.fill(list, (byte) 'x');
            numbers = IntStream.range(0, bytes / 4).toArray();
            GuestFiles.check(bytes, api.takeString(string));
            GuestFiles.check(string, api.makeString(bytes));
            GuestFiles.check(string, api.echo(string));
            GuestFiles.check(bytes, api.takeBytes(list));
            GuestFiles.check(true, Arrays.equals(list, api.makeBytes(bytes)));
            GuestFiles.check(true, Arrays.equals(list, api.echoBytes(list)));
            GuestFiles.check(numbers.length, api.takeU32s(numbers));
            GuestFiles.check(true, Arrays.equals(numbers, api.makeU32s(numbers.length)));
            GuestFiles.check(true, Arrays.equals(numbers, api.echoU32s(numbers)));
        }
    }

    @Benchmark
    public void nothing(OfKit kit) {
        kit.api.nothing();
    }

    @Benchmark
    public int add(OfKit kit) {
        return kit.api.add(20, 22);
    }

    @Benchmark
    public Ten record(OfKit kit) {
        return kit.api.echoTen(kit.ten);
    }

    @Benchmark
    public List<Entry> records(OfKit kit) {
        return kit.api.echoEntries(kit.entries);
    }

    @Benchmark
    public Shape variant(OfKit kit) {
        return kit.api.echoShape(kit.shape);
    }

    @Benchmark
    public long method(OfKit kit) {
        return kit.account.balance();
    }

    @Benchmark
    public int stringIn(OfSize kit) {
        return kit.api.takeString(kit.string);
    }

    @Benchmark
    public String stringOut(OfSize kit) {
        return kit.api.makeString(kit.bytes);
    }

    @Benchmark
    public String stringEcho(OfSize kit) {
        return kit.api.echo(kit.string);
    }

    @Benchmark
    public int bytesIn(OfSize kit) {
        return kit.api.takeBytes(kit.list);
    }

    @Benchmark
    public byte[] bytesOut(OfSize kit) {
        return kit.api.makeBytes(kit.bytes);
    }

    @Benchmark
    public byte[] bytesEcho(OfSize kit) {
        return kit.api.echoBytes(kit.list);
    }

    @Benchmark
    public int u32sIn(OfSize kit) {
        return kit.api.takeU32s(kit.numbers);
    }

    @Benchmark
    public int[] u32sOut(OfSize kit) {
        return kit.api.makeU32s(kit.bytes / 4);
    }

    @Benchmark
    public int[] u32sEcho(OfSize kit) {
        return kit.api.echoU32s(kit.numbers);
    }

    @Benchmark
    @OperationsPerInvocation(LOOP)
    public void hostTick(OfKit kit) {
        kit.api.callTick(LOOP);
    }

    @Benchmark
    @OperationsPerInvocation(LOOP)
    public int hostAdd(OfKit kit) {
        return kit.api.callAdd(LOOP);
    }

    @Benchmark
    @OperationsPerInvocation(LOOP)
    public void hostText(OfKit kit) {
        kit.api.callLog(LOOP, kit.kibibyte);
    }

    /** Also closes it, or the guest would keep all of them. */
    @Benchmark
    public void instantiate(OfKit kit) {
        kit.opened.as(Api.class).close();
    }

    /** Without a bound interface, which JavaScript does not have. */
    @Benchmark
    public void instantiateAlone(OfKit kit) {
        kit.linker.instantiate(kit.opened.component()).close();
    }

    /** Instantiates from a snapshot. */
    @Benchmark
    public void instantiateSnapshot(OfKit kit) {
        kit.linker.instantiate(kit.snapshot).close();
    }
}
