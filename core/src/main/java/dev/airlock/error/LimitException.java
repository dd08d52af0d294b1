package dev.airlock.error;

/** A guest passed a limit that its host set. */
public final class LimitException extends AirlockException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;
    private final long asked;

    /**
     * @param limit what is limited, in words, with its unit: {@code "bytes on stdout"}
     * @param value the limit
     * @param asked what the guest would have reached
     */
    public LimitException(String limit, long value, long asked) {
        super("over the limit of " + value + " " + limit + ": the guest asked for " + asked);
        this.limit = limit;
        this.value = value;
        this.asked = asked;
    }

    public String limit() {
        return limit;
    }

    public long value() {
        return value;
    }

    public long asked() {
        return asked;
    }
}
