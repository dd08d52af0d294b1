package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ExitException;
import dev.airlock.wasi.WasiClocks;
import dev.airlock.wasi.WasiCtx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessFunctionsTest {
    private final WasiCtx.Builder ctx = WasiCtx.builder();

    @Test
    void arguments() {
        try (Door door = Door.of(ctx.programName("a").arg("").arg("bc"))) {
            door.run("args_sizes_get", 1, 6);
            door.expect(0, draw("?", 3, 0, 0, 0, "?", 6, 0, 0, 0, "?"));
            door.run("args_get", 16, 29);
            door.expect(15, draw("?", 29, 0, 0, 0, 31, 0, 0, 0, 32, 0, 0, 0, "?", "a\0", "\0", "bc\0", "?"));
        }
    }

    @Test
    void theModulesNameIsTheDefaultArgument() {
        try (Door door = Door.of(ctx)) {
            door.run("args_sizes_get", 1, 6);
            door.expect(0, draw("?", 1, 0, 0, 0, "?", 10, 0, 0, 0, "?"));
            door.run("args_get", 16, 29);
            door.expect(15, draw("?", 29, 0, 0, 0, "?????????", "door.wasm\0", "?"));
        }
    }

    @Test
    void environment() {
        try (Door door = Door.of(ctx.env("a", "b").env("c", "ä"))) {
            door.run("environ_sizes_get", 1, 6);
            door.expect(0, draw("?", 2, 0, 0, 0, "?", 9, 0, 0, 0, "?"));
            door.run("environ_get", 16, 29);
            door.expect(15, draw("?", 29, 0, 0, 0, 33, 0, 0, 0, "?????", "a=b\0", "c=ä\0", "?"));
        }
    }

    @Test
    void clocks() {
        AtomicLong ticks = new AtomicLong(41);
        WasiClocks clocks = WasiClocks.of(
                Clock.fixed(Instant.ofEpochSecond(1_640_995_200, 7), ZoneOffset.UTC), ticks::incrementAndGet);
        try (Door door = Door.of(ctx.clocks(clocks))) {
            door.run("clock_time_get", 0, 0, 1);
            door.expect(0, draw("?", 1_640_995_200_000_000_007L, "?"));
            door.run("clock_time_get", 1, 0, 1);
            door.expect(0, draw("?", 42L, "?"));
            door.run("clock_res_get", 0, 1);
            door.expect(0, draw("?", 1L, "?"));
        }
    }

    @Test
    void clocksOfTheHost() {
        try (Door door = Door.of(ctx)) {
            long before = System.currentTimeMillis();
            door.run("clock_time_get", 0, 0, 0);
            assertThat(door.memory().readLong(0) / 1_000_000).isBetween(before, System.currentTimeMillis());
            door.run("clock_time_get", 1, 0, 0);
            long first = door.memory().readLong(0);
            door.run("clock_time_get", 1, 0, 0);
            assertThat(door.memory().readLong(0)).isGreaterThanOrEqualTo(first);
            assertThat(first).isPositive();
            door.run("clock_res_get", 0, 0);
            assertThat(door.memory().readLong(0)).isEqualTo(1_000);
            door.run("clock_res_get", 1, 0);
            assertThat(door.memory().readLong(0)).isEqualTo(1);
        }
    }

    @Test
    void fixedClocksWithOffsetAndResolution() {
        Instant now = Instant.parse("2024-02-29T12:34:56.789Z");
        WasiClocks clocks = WasiClocks.fixed(now).offset(Duration.ofHours(-1)).resolution(Duration.ofSeconds(10));
        try (Door door = Door.of(ctx.clocks(clocks))) {
            door.run("clock_time_get", 0, 0, 0);
            assertThat(Instant.ofEpochSecond(0, door.memory().readLong(0))).isEqualTo("2024-02-29T11:34:50Z");
            door.run("clock_res_get", 1, 0);
            assertThat(door.memory().readLong(0)).isEqualTo(10_000_000_000L);
        }
        assertThatThrownBy(() -> clocks.resolution(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void processorTimeClocksAreEinval() {
        try (Door door = Door.of(ctx)) {
            for (int clock : new int[] {2, 3, 4, -1}) {
                assertThat(door.call("clock_time_get", clock, 0, 0)).isEqualTo(Errno.EINVAL);
                assertThat(door.call("clock_res_get", clock, 0)).isEqualTo(Errno.EINVAL);
            }
            door.expect(0, draw("????????"));
        }
    }

    @Test
    void randomGetFillsTheBuffer() {
        try (Door door = Door.of(ctx)) {
            door.run("random_get", 1, 0);
            door.expect(0, draw("???"));
            door.run("random_get", 1, 100_000);
            assertThat(door.memory().readByte(0)).isEqualTo((byte) '?');
            door.expect(100_001, draw("?????"));
            byte[] random = door.memory().read(1, 100_000);
            int[] counts = new int[256];
            for (byte b : random) {
                counts[b & 0xff]++;
            }
            assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 200 && count < 600);
        }
    }

    @Test
    void aSeedGivesEachInstanceTheSameBytes() {
        ctx.insecureRandomSeed(5);
        byte[][] both = new byte[2][];
        for (int i = 0; i < 2; i++) {
            try (Door door = Door.of(ctx)) {
                door.run("random_get", 0, 70_000);
                both[i] = door.memory().read(0, 70_000);
            }
        }
        assertThat(both[0]).isEqualTo(both[1]);
        assertThat(Arrays.copyOf(both[0], 100)).isNotEqualTo(Arrays.copyOfRange(both[0], 65_536, 65_636));
    }

    @Test
    void exitCarriesTheCode() {
        for (int code : new int[] {0, 1, 255, -1}) {
            try (Door door = Door.of(ctx)) {
                assertThatThrownBy(() -> door.instance().function("proc_exit").call(code))
                        .isInstanceOfSatisfying(
                                ExitException.class,
                                e -> assertThat(e.exitCode()).isEqualTo(code));
            }
        }
    }

    @Test
    void signalsAreNotSupportedAndYieldingIs() {
        try (Door door = Door.of(ctx)) {
            assertThat(door.call("proc_raise", 15)).isEqualTo(Errno.ENOTSUP);
            assertThat(door.call("proc_raise", 30)).isEqualTo(Errno.ENOTSUP);
            assertThat(door.call("proc_raise", 31)).isEqualTo(Errno.EINVAL);
            door.run("sched_yield");
        }
    }
}
