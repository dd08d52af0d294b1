package dev.airlock.abi.placed;

import java.util.Objects;

/**
 * A guest failed while it took back a result that it had given itself: most often one that was never its allocator's. The
 * cause is what came out of the guest. Public for the room {@code engine}, which makes a trap of it.
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

    /** What came out of the guest. */
    public Throwable failure() {
        return Objects.requireNonNull(getCause());
    }
}
