package dev.airlock.abi.placed;

import java.util.Objects;

/**
 * Thrown if a guest failed while it freed a result that it had returned: usually one that its allocator does not own.
 * The cause is what the guest threw. Public for package {@code engine}, which turns it into a trap.
 */
public final class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReleaseException(String function, int unknown, Throwable failure) {
        super(
                "while the host freed what " + function
                        + " returned: if the guest keeps that, as it keeps a static string, say"
                        + " so by Convention.c().staticResults(), or that of its own convention, by"
                        + " @GuestPlacement(staticResult = true) on the method, or by --static-results"
                        + (unknown == 0
                                ? ""
                                : "; it has " + unknown
                                        + " data segments at places that only an instance knows, so that what"
                                        + " lies there is freed until you say so"),
                failure,
                false,
                false);
    }

    /** Returns what the guest threw. */
    public Throwable failure() {
        return Objects.requireNonNull(getCause());
    }
}
