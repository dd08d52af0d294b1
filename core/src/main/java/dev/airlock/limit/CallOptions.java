package dev.airlock.limit;

import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.LimitException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds for each call of one bound interface, as in {@code guest.as(Api.class, CallOptions.timeout(Duration.ofSeconds(1)))}.
 * Immutable; two are equal if all options are.
 */
@CheckReturnValue
public final class CallOptions {
    private static final CallOptions DEFAULTS = new CallOptions(null);

    private final @Nullable Duration timeout;

    private CallOptions(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Returns no options: nothing but the guest's {@link Limits} holds.
     *
     * @return no options
     */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns how long each call of the interface may take, in wall-clock time, with all that it calls. If the guest has a {@link
     * Limits#timeout(Duration) limit} too, the shorter of both holds. To make or to borrow an instance is not part of a call.
     *
     * <p>A call that takes longer ends as one over the limit does: with a {@link LimitException} of kind {@link
     * LimitException.Kind#WALL_CLOCK}, within 50 milliseconds, and its instance cannot be entered again.
     *
     * @param limit the limit
     * @return how long each call of the interface may take, in wall-clock time, with all that it calls
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static CallOptions timeout(Duration limit) {
        return new CallOptions(Limits.positive(limit));
    }

    /**
     * Returns how long each call may take; null if the options do not say.
     *
     * @return how long each call may take
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * Limits with the shorter of both timeouts.
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
