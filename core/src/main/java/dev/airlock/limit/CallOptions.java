package dev.airlock.limit;

import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.LimitException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options for each call of one bound interface, as in {@code guest.as(Api.class, CallOptions.timeout(Duration.ofSeconds(1)))}.
 * Immutable; two are equal if all their options are equal.
 */
@CheckReturnValue
public final class CallOptions {
    private static final CallOptions DEFAULTS = new CallOptions(null);

    private final @Nullable Duration timeout;

    private CallOptions(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Returns options that set nothing: only the guest's {@link Limits} apply.
     *
     * @return the default options
     */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that bound how long each call of the interface may take, in wall-clock time, host functions included. If
     * the guest has a {@link Limits#timeout(Duration) limit} too, the shorter one applies. The time to create or to borrow an
     * instance does not count.
     *
     * <p>A call that takes longer ends as if it had reached the limit: with a {@link LimitException} of kind {@link
     * LimitException.Kind#WALL_CLOCK}, within 50 milliseconds, and its instance cannot be entered again.
     *
     * @param limit the time, more than zero
     * @return the options
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static CallOptions timeout(Duration limit) {
        return new CallOptions(Limits.positive(limit));
    }

    /**
     * Returns how long each call may take, in wall-clock time.
     *
     * @return the timeout; null if none is set
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * Returns these limits, with the timeout of these options if that is shorter.
     *
     * @param limits the limits of the instance
     * @return the limits with the shorter of both timeouts
     */
    public Limits within(Limits limits) {
        Duration other = limits.timeout();
        return timeout == null || (other != null && other.compareTo(timeout) <= 0) ? limits : limits.timeout(timeout);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallOptions that && Objects.equals(timeout, that.timeout);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(timeout);
    }

    @Override
    public String toString() {
        return timeout == null ? "no options" : "timeout " + timeout;
    }
}
