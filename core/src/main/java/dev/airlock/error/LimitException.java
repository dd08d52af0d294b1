package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/** A guest passed a limit that its host set. Its instance cannot be entered again. */
public final class LimitException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** Which limit it was, for whoever treats them differently. */
    public enum Kind {
        /** Bytes of linear memory. */
        MEMORY,
        /** Elements of tables. */
        TABLE,
        /** Instances in one component. */
        INSTANCES,
        /** Bytes of standard output or standard error. */
        OUTPUT,
        /** Bytes of a string, a list, or an encoded value. */
        PAYLOAD,
        /** How often an instance is entered anew while it is in a call. */
        CALL_DEPTH,
        /** Calls from the guest to its host. */
        HOST_CALLS,
        /** Time on the wall that a call takes. */
        WALL_CLOCK,
        /** Time of a processor that a call takes. */
        CPU_TIME,
        /** One that is the host's own, of the Java heap or of a table of handles, or that a host function has set. */
        OTHER
    }

    private final Kind kind;
    private final String limit;
    private final long value;
    private final long asked;

    /** One of {@link Kind#OTHER}. */
    public LimitException(String limit, long value, long asked) {
        this(Kind.OTHER, limit, value, asked);
    }

    /**
     * @param limit what is limited, in words, with its unit: {@code "bytes on stdout"}
     * @param value the limit
     * @param asked what the guest would have reached
     */
    public LimitException(Kind kind, String limit, long value, long asked) {
        this(
                kind,
                limit,
                value,
                asked,
                "over the limit of " + value + " " + limit + ": the guest asked for " + asked,
                null);
    }

    private LimitException(Kind kind, String limit, long value, long asked, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.limit = limit;
        this.value = value;
        this.asked = asked;
    }

    /**
     * A guest was stopped, since it took too long.
     *
     * @param limit what is limited, in words, with its unit: {@code "ms of wall-clock time for a call"}
     * @param taken how much it had taken when that was noticed
     * @param place where it was, as it stands in the message: {@code ", in spin of loop.wasm"}
     * @param cause what came out of the guest when it was stopped, if that tells more than that it was
     */
    public static LimitException stopped(
            Kind kind, String limit, long value, long taken, String place, @Nullable Throwable cause) {
        return new LimitException(
                kind,
                limit,
                value,
                taken,
                "over the limit of " + value + " " + limit + ": the guest was stopped after " + taken + place,
                cause);
    }

    public Kind kind() {
        return kind;
    }

    public String limit() {
        return limit;
    }

    public long value() {
        return value;
    }

    /** What the guest would have reached, or had when it was stopped. */
    public long asked() {
        return asked;
    }
}
