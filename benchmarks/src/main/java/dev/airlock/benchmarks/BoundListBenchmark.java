package dev.airlock.benchmarks;

import dev.airlock.Airlock;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Passes a list in and a list out through a guest that only returns it, compared with two copies of the list. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class BoundListBenchmark {
    private static final int BYTES = 1 << 20;
    private static final int LONGS = 100_000;

    /** A {@code byte[]} of 1 MiB or a {@code long[]} of 100,000 elements. */
    @State(Scope.Thread)
    public abstract static class Lists {
        @Param({"bytes", "longs"})
        String list = "";

        final byte[] bytes = new byte[BYTES];
        final long[] longs = new Random(2).longs(LONGS).toArray();

        @Setup
        public void check() {
            new Random(1).nextBytes(bytes);
            open();
            for (int i = 0; i < 3; i++) {
                boolean same =
                        isBytes() ? Arrays.equals(bytes, (byte[]) cross()) : Arrays.equals(longs, (long[]) cross());
                GuestFiles.check(true, same);
            }
        }

        boolean isBytes() {
            return list.equals("bytes");
        }

        void open() {}

        abstract Object cross();
    }

    /** The exports of {@code wat/passthrough.wasm}. */
    public interface Passthrough {
        byte[] bytes(byte[] elements);

        long[] longs(long[] elements);

        void keepBytes(byte[] elements);

        void keepLongs(long[] elements);
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Lists {
        private final Passthrough guest =
                Airlock.open(GuestFiles.file("wat/passthrough")).as(Passthrough.class);

        @Override
        void open() {
            if (isBytes()) {
                guest.keepBytes(bytes);
            } else {
                guest.keepLongs(longs);
            }
        }

        @Override
        Object cross() {
            return isBytes() ? guest.bytes(bytes) : guest.longs(longs);
        }
    }

    /** Copies into existing memory, and from there into a new array, as a result requires. */
    @State(Scope.Thread)
    public static class OfArraycopy extends Lists {
        private final byte[] byteMemory = new byte[BYTES];
        private final long[] longMemory = new long[LONGS];

        @Override
        Object cross() {
            return isBytes() ? crossBytes() : crossLongs();
        }

        byte[] newBytes() {
            return new byte[BYTES];
        }

        long[] newLongs() {
            return new long[LONGS];
        }

        private Object crossBytes() {
            System.arraycopy(bytes, 0, byteMemory, 0, BYTES);
            byte[] result = newBytes();
            System.arraycopy(byteMemory, 0, result, 0, BYTES);
            return result;
        }

        private Object crossLongs() {
            System.arraycopy(longs, 0, longMemory, 0, LONGS);
            long[] result = newLongs();
            System.arraycopy(longMemory, 0, result, 0, LONGS);
            return result;
        }
    }

    /** Copies without allocation: a bound that no call which returns an array can reach. */
    @State(Scope.Thread)
    public static class OfReusedArraycopy extends OfArraycopy {
        private final byte[] byteResult = new byte[BYTES];
        private final long[] longResult = new long[LONGS];

        @Override
        byte[] newBytes() {
            return byteResult;
        }

        @Override
        long[] newLongs() {
            return longResult;
        }
    }

    @Benchmark
    public Object airlock(OfAirlock guest) {
        return guest.cross();
    }

    @Benchmark
    public Object arraycopy(OfArraycopy copies) {
        return copies.cross();
    }

    @Benchmark
    public Object arraycopyReused(OfReusedArraycopy copies) {
        return copies.cross();
    }
}
