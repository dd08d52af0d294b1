package dev.airlock.pool;

import dev.airlock.error.CheckReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The size of a pool, how long a call waits for an instance, and what happens to an instance between calls. Immutable. */
@CheckReturnValue
public final class PoolOptions {
    /** How long a call waits by default: 30 seconds. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    private final int size;
    private final Duration maxWait;
    private final boolean keepsState;
    private final @Nullable WarmUp<?> warmUp;
    private final int prefill;

    record WarmUp<T>(Class<T> type, Consumer<? super T> work) {}

    private PoolOptions(int size, Duration maxWait, boolean keepsState, @Nullable WarmUp<?> warmUp, int prefill) {
        this.size = size;
        this.maxWait = maxWait;
        this.keepsState = keepsState;
        this.warmUp = warmUp;
        this.prefill = prefill;
    }

    /**
     * Returns options for as many instances as the JVM has processors.
     *
     * @return the new pool options
     */
    public static PoolOptions defaults() {
        return size(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Returns options for a maximum number of instances, which are created when they are needed.
     *
     * @param instances the maximum number, at least 1
     * @return the new pool options
     */
    public static PoolOptions size(int instances) {
        if (instances < 1) {
            throw new IllegalArgumentException("a pool has at least one instance, not " + instances);
        }
        return new PoolOptions(instances, DEFAULT_WAIT, false, null, 0);
    }

    /**
     * Sets how long a call waits for an instance if all are in use, before it fails; by default {@link #DEFAULT_WAIT}.
     *
     * @param wait zero to fail at once; more than {@code Long.MAX_VALUE} nanoseconds (292 years) count as that many
     * @return the new pool options
     */
    public PoolOptions maxWait(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("a pool cannot wait for a negative time: " + wait);
        }
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        return new PoolOptions(size, wait.compareTo(longest) < 0 ? wait : longest, keepsState, warmUp, prefill);
    }

    /**
     * Lets instances keep their state from one call to the next instead of resetting them to the snapshot: for guests that may
     * see the state that another caller left, such as a cache in the guest. Which instance a call gets is unspecified.
     *
     * @return the new pool options
     */
    public PoolOptions keepingState() {
        return new PoolOptions(size, maxWait, true, warmUp, prefill);
    }

    /**
     * Calls the guest before the snapshot is taken, so that each instance starts with the state after these calls: loaded data,
     * filled tables. If instances keep their state, each instance is warmed up itself.
     *
     * @param <T> the interface
     * @param type an interface that the guest can be bound to
     * @param work makes the calls through the interface, which it must not keep
     * @return the new pool options
     */
    public <T> PoolOptions warmUp(Class<T> type, Consumer<? super T> work) {
        return new PoolOptions(
                size,
                maxWait,
                keepsState,
                new WarmUp<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(work, "work")),
                prefill);
    }

    /**
     * Creates all instances together with the pool, as {@link #prefill(int)} does for some.
     *
     * @return the new pool options
     */
    public PoolOptions prefill() {
        return prefill(size);
    }

    /**
     * Creates some instances together with the pool, so that the first calls need not wait for them. By default an instance is
     * created when a call needs one. The instances are created in the caller's thread, and the pool is not created if one of
     * them fails.
     *
     * @param instances how many, from 0 to the size of the pool
     * @return the new pool options
     * @throws IllegalArgumentException if it is negative, or more than the size
     */
    public PoolOptions prefill(int instances) {
        if (instances < 0 || instances > size) {
            throw new IllegalArgumentException(
                    "a pool of at most " + size + " cannot start with " + instances + " instances");
        }
        return new PoolOptions(size, maxWait, keepsState, warmUp, instances);
    }

    int size() {
        return size;
    }

    Duration maxWait() {
        return maxWait;
    }

    int madeAhead() {
        return prefill;
    }

    boolean keepsState() {
        return keepsState;
    }

    void warmUp(Pooled instance) {
        if (warmUp != null) {
            warmUp(instance, warmUp);
        }
    }

    private static <T> void warmUp(Pooled instance, WarmUp<T> warmUp) {
        warmUp.work().accept(instance.bind(warmUp.type()));
    }

    @Override
    public String toString() {
        return "at most " + size + (size == 1 ? " instance" : " instances") + ", calls wait up to " + maxWait.toMillis()
                + " ms, state is " + (keepsState ? "kept" : "reset after each call")
                + (prefill == 0 ? "" : ", " + prefill + " made ahead");
    }
}
