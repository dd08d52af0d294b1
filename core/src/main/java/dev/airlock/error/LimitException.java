package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/**
 * A limit was passed that the host set.
 *
 * <p>The guest passed it, and its instance cannot be entered again, with two exceptions. {@link Kind#COMPILATION} comes before there
 * is an instance. For {@link Kind#POOL}, a call waited for an instance in vain: the pool's instances are unchanged, and the same call
 * may succeed a moment later. Only a guest that made that call through a host function has ended, as after any exception of a host
 * function.
 */
public final class LimitException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The kind of limit, for code that treats them differently. */
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
        /** Bytes of Java's heap for values that the guest passes. */
        LIFTED,
        /** Bytes of the structs, arrays and exceptions that a guest keeps. */
        COLLECTED,
        /** Nested calls of one instance, by host functions that it calls. */
        CALL_DEPTH,
        /** Calls from the guest to its host. */
        HOST_CALLS,
        /** Operators that a call executes. */
        FUEL,
        /** Time, generated code and local variables in the compilation of a module. */
        COMPILATION,
        /** Wall-clock time of a call. */
        WALL_CLOCK,
        /** Processor time of a call. */
        CPU_TIME,
        /** How long a call waits for an instance of a pool. */
        POOL,
        /** A limit of the host, such as the Java heap or a table of handles, or one that a host function enforces. */
        OTHER
    }

    /** The kind of limit. */
    private final Kind kind;
    /** What is limited, in words, with its unit. */
    private final String limit;
    /** The limit, in that unit. */
    private final long value;
    /** What was asked for or taken, in that unit. */
    private final long asked;

    /**
     * Creates an exception of {@link Kind#OTHER}.
     *
     * @param limit what is limited, in words, with its unit: {@code "bytes on stdout"}
     * @param value the limit
     * @param asked what the guest would have reached
     */
    public LimitException(String limit, long value, long asked) {
        this(Kind.OTHER, limit, value, asked);
    }

    /**
     * @param kind the kind of limit
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
     * Returns the error for a guest that was stopped because it took too long.
     *
     * @param kind the limit that was reached
     * @param limit what is limited, in words, with its unit: {@code "ms of wall-clock time for a call"}
     * @param value the limit, in that unit
     * @param taken how much it had taken when that was noticed
     * @param place where it was, as it stands in the message: {@code ", in spin of loop.wasm"}
     * @param cause what came out of the guest when it was stopped, if that tells more than that it was
     * @return the new exception
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

    /**
     * What a guest hands over would take too much of Java's heap. Nothing of it has been made.
     *
     * @param value the limit, in bytes
     * @param asked how much it would take, in bytes
     * @param what the string or list at which it was noticed: {@code "result of list-points"}
     * @return the new exception
     */
    public static LimitException lifted(long value, long asked, String what) {
        String limit = "bytes of Java's heap for the values of one call";
        return new LimitException(
                Kind.LIFTED,
                limit,
                value,
                asked,
                "over the limit of " + value + " " + limit + ": the guest asked for " + asked + ", at " + what
                        + ". If that is wanted, raise Limits.liftedBytes",
                null);
    }

    /**
     * Returns the error for a call that got no instance of a pool in time.
     *
     * @param guest the guest that the pool is of
     * @param limit how long a call waits, in milliseconds
     * @param waited how long this one did, in milliseconds
     * @param size how many instances the pool may have
     * @param inUse how many of them were in use
     * @param waiting how many other calls were waiting
     * @return the new exception
     */
    public static LimitException poolBusy(String guest, long limit, long waited, int size, int inUse, int waiting) {
        return new LimitException(
                Kind.POOL,
                "ms of waiting for an instance of a pool",
                limit,
                waited,
                "no instance of " + guest + " was free in the " + limit + " ms that a call waits: it waited " + waited
                        + " ms, " + inUse + " of at most " + size + (size == 1 ? " is" : " are") + " in use, and "
                        + (waiting == 1 ? "1 other call waits" : waiting + " other calls wait"),
                null);
    }

    /**
     * Returns the kind of limit.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what is limited.
     *
     * @return the limit in words, with its unit
     */
    public String limit() {
        return limit;
    }

    /**
     * Returns the limit that was reached.
     *
     * @return the limit, in its unit
     */
    public long value() {
        return value;
    }

    /**
     * Returns what the guest would have reached, or had when it was stopped; for a pool, how long the call waited.
     *
     * @return the amount, in the unit of the limit
     */
    public long asked() {
        return asked;
    }
}
