package dev.airlock.pool;

import dev.airlock.error.CheckReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How large a pool is, how long a call waits for an instance, and what becomes of an instance between calls. Immutable. */
@CheckReturnValue
public final class PoolOptions {
    /** How long a call waits unless said otherwise: 30 seconds. */
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
     * As many instances as the JVM has processors.
     *
     * @return the new pool options
     */
    public static PoolOptions defaults() {
        return size(Runtime.getRuntime().availableProcessors());
    }

    /**
     * At most so many instances. They are made as they are needed.
     *
     * @param instances at least 1
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
     * @param wait zero for not at all; more than {@code Long.MAX_VALUE} nanoseconds, 292 years, are as good as these
     * @return how long a call waits for an instance where all are in use, before it fails
     */
    public PoolOptions maxWait(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("a wait is not negative: " + wait);
        }
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        return new PoolOptions(size, wait.compareTo(longest) < 0 ? wait : longest, keepsState, warmUp, prefill);
    }

    /**
     * Has instances keep their state from one call to the next, instead of going back to the snapshot: for guests that may
     * see what another caller left, such as a cache of their own. Which instance a call gets is not said.
     *
     * @return the new pool options
     */
    public PoolOptions keepingState() {
        return new PoolOptions(size, maxWait, true, warmUp, prefill);
    }

    /**
     * Calls the guest before the snapshot is made, so that each instance starts with what that left: data that was loaded,
     * tables that were filled. Where instances keep their state, each is warmed up itself.
     *
     * @param <T> the interface
     * @param type an interface that the guest can be bound to
     * @param work given the guest behind it, for as long as it runs
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
     * Makes all instances when the pool is made. Otherwise the same as {@link #prefill(int)}.
     *
     * @return all instances when the pool is made
     */
    public PoolOptions prefill() {
        return prefill(size);
    }

    /**
     * Makes some instances when the pool is made, so that the first calls need not wait for them. By default an instance is
     * made when a call needs one. Making the pool takes longer by what the instances take, in the caller's thread, and fails
     * if one cannot be made.
     *
     * @param instances 0 to the size of the pool
     * @return some instances
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
