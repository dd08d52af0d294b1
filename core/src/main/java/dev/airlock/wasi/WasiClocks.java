package dev.airlock.wasi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The time that a guest sees: a wall clock, which tells the time of day, and a monotonic clock, which measures how long
 * things take. Immutable. All numbers are nanoseconds.
 *
 * <p>Waits take real time whatever the guest's clocks show: with a fixed clock, a sleep of one second takes one second
 * too.
 */
public final class WasiClocks {
    /** Some runtimes take a monotonic time of zero for a missing one. */
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

    /**
     * Returns the host's clocks. The monotonic clock starts now, so that it does not reveal how long the host has been
     * running.
     *
     * @return the clocks
     */
    public static WasiClocks system() {
        long start = System.nanoTime();
        return new WasiClocks(Clock.systemUTC(), () -> System.nanoTime() - start + MONOTONIC_START, 1_000, 1);
    }

    /**
     * Returns clocks that stand still.
     *
     * @param now the time of the wall clock
     * @return the clocks
     */
    public static WasiClocks fixed(Instant now) {
        return of(Clock.fixed(now, java.time.ZoneOffset.UTC), () -> MONOTONIC_START);
    }

    /**
     * Returns clocks that the host provides. All threads that run guests call them.
     *
     * @param wall not before 1970
     * @param monotonicNanos never negative, and never less than it was before
     * @return the clocks
     */
    public static WasiClocks of(Clock wall, LongSupplier monotonicNanos) {
        return new WasiClocks(
                Objects.requireNonNull(wall, "wall"), Objects.requireNonNull(monotonicNanos, "monotonicNanos"), 1, 1);
    }

    /**
     * Returns these clocks with the wall clock shifted. Leaves these unchanged.
     *
     * @param by negative to shift it back
     * @return the clocks
     */
    public WasiClocks offset(Duration by) {
        return new WasiClocks(Clock.offset(wall, by), monotonic, wallResolution, monotonicResolution);
    }

    /**
     * Returns these clocks, both advancing in steps. A guest then cannot measure shorter times, such as traces that
     * others leave in caches. Leaves these unchanged.
     *
     * @param step greater than zero
     * @return the clocks
     */
    public WasiClocks resolution(Duration step) {
        long nanos = step.toNanos();
        if (nanos <= 0) {
            throw new IllegalArgumentException("the resolution of a clock must be positive, got " + step);
        }
        return new WasiClocks(wall, monotonic, nanos, nanos);
    }

    /** {@return the time of day, in nanoseconds since 1970} */
    public long wallNanos() {
        Instant now = wall.instant();
        return stepped(now.getEpochSecond() * 1_000_000_000 + now.getNano(), wallResolution);
    }

    /** {@return the nanoseconds since some time in the past} */
    public long monotonicNanos() {
        return stepped(monotonic.getAsLong(), monotonicResolution);
    }

    /** {@return the step of the wall clock, in nanoseconds} */
    public long wallResolution() {
        return wallResolution;
    }

    /** {@return the step of the monotonic clock, in nanoseconds} */
    public long monotonicResolution() {
        return monotonicResolution;
    }

    private static long stepped(long nanos, long step) {
        return step == 1 ? nanos : nanos - Math.floorMod(nanos, step);
    }
}
