package dev.airlock.wasi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The time that a guest sees: a wall clock, which says what time it is, and a monotonic one, which measures how long
 * things take. Immutable. All numbers are in nanoseconds.
 *
 * <p>What a guest waits for takes real time whatever its clocks say: to sleep for a second takes a second by a fixed clock
 * too.
 */
public final class WasiClocks {
    /** Some runtimes take a monotonic time of zero for none. */
    private static final long MONOTONIC_START = 1_000_000_000;

    private final Clock wall;
    private final LongSupplier monotonic;
    private final long wallResolution;
    private final long monotonicResolution;

    private WasiClocks(Clock wall, LongSupplier monotonic, long wallResolution, long monotonicResolution) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.wallResolution = wallResolution;
        this.monotonicResolution = monotonicResolution;
    }

    /** The host's clocks. The monotonic one counts from here, so that it does not tell since when the host runs. */
    public static WasiClocks system() {
        long start = System.nanoTime();
        return new WasiClocks(Clock.systemUTC(), () -> System.nanoTime() - start + MONOTONIC_START, 1_000, 1);
    }

    /** Both clocks stand still, the wall clock at this time. */
    public static WasiClocks fixed(Instant now) {
        return of(Clock.fixed(now, java.time.ZoneOffset.UTC), () -> MONOTONIC_START);
    }

    /**
     * Clocks of the host's own making.
     *
     * @param wall from 1970 on
     * @param monotonicNanos never less than zero, nor than before; called by all threads that run guests
     */
    public static WasiClocks of(Clock wall, LongSupplier monotonicNanos) {
        return new WasiClocks(
                Objects.requireNonNull(wall, "wall"), Objects.requireNonNull(monotonicNanos, "monotonicNanos"), 1, 1);
    }

    /** The same with the wall clock put forward, or back. */
    public WasiClocks offset(Duration by) {
        return new WasiClocks(Clock.offset(wall, by), monotonic, wallResolution, monotonicResolution);
    }

    /**
     * The same with both clocks in steps of this length. Guests cannot measure what is shorter, such as the traces that
     * others leave in caches.
     */
    public WasiClocks resolution(Duration step) {
        long nanos = step.toNanos();
        if (nanos <= 0) {
            throw new IllegalArgumentException("a clock's resolution is over zero: " + step);
        }
        return new WasiClocks(wall, monotonic, nanos, nanos);
    }

    /** What time it is: nanoseconds since 1970. */
    public long wallNanos() {
        Instant now = wall.instant();
        return stepped(now.getEpochSecond() * 1_000_000_000 + now.getNano(), wallResolution);
    }

    /** How long it is since some time in the past. */
    public long monotonicNanos() {
        return stepped(monotonic.getAsLong(), monotonicResolution);
    }

    /** The step of the wall clock. */
    public long wallResolution() {
        return wallResolution;
    }

    /** The step of the monotonic clock. */
    public long monotonicResolution() {
        return monotonicResolution;
    }

    private static long stepped(long nanos, long step) {
        return step == 1 ? nanos : nanos - Math.floorMod(nanos, step);
    }
}
