package dev.airlock.limit;

import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.LimitException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much one instance, or one component with all its instances, may take of its host. Limits are immutable: each method
 * returns new limits that differ in one.
 *
 * <pre>{@code
 * Limits limits = Limits.defaults().memoryBytes(64 << 20).timeout(Duration.ofMillis(500));
 * Guest guest = Airlock.open(file).limits(limits);
 * }</pre>
 *
 * <p>A guest that reaches a limit ends with a {@link LimitException}, and the instance cannot be entered again. The exception
 * is growth: the guest is refused more memory, as the specification provides for, unless {@link #growthTraps} says otherwise.
 * docs/LIMITS.md has all limits in one table, with what each costs.
 *
 * <p>The stack of the calling thread bounds how deep a guest's own functions may call each other: beyond that they end with a
 * trap {@link dev.airlock.error.TrapCode#CALL_STACK_EXHAUSTED}.
 *
 * <p>Two limits are equal if all their values are.
 */
@CheckReturnValue
public final class Limits {
    /** For limits that count: no limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final Limits DEFAULTS = new Limits(new Draft());

    private final long memoryBytes;
    private final long tableElements;
    private final boolean growthTraps;
    private final int instances;
    private final long outputBytes;
    private final long stringBytes;
    private final long payloadBytes;
    private final long liftedBytes;
    private final int callDepth;
    private final long hostCalls;
    private final @Nullable Duration timeout;
    private final @Nullable Duration cpuTime;

    private Limits(Draft from) {
        memoryBytes = from.memoryBytes;
        tableElements = from.tableElements;
        growthTraps = from.growthTraps;
        instances = from.instances;
        outputBytes = from.outputBytes;
        stringBytes = from.stringBytes;
        payloadBytes = from.payloadBytes;
        liftedBytes = from.liftedBytes;
        callDepth = from.callDepth;
        hostCalls = from.hostCalls;
        timeout = from.timeout;
        cpuTime = from.cpuTime;
    }

    /** Limits in the making: those of before, of which one changes. */
    private static final class Draft {
        private long memoryBytes = 1L << 30;
        private long tableElements = 1_000_000;
        private boolean growthTraps;
        private int instances = 4_096;
        private long outputBytes = UNLIMITED;
        private long stringBytes = (1L << 28) - 1;
        private long payloadBytes = 64L << 20;
        private long liftedBytes = 256L << 20;
        private int callDepth = 200;
        private long hostCalls = UNLIMITED;
        private @Nullable Duration timeout;
        private @Nullable Duration cpuTime;

        Draft() {}

        Draft(Limits from) {
            memoryBytes = from.memoryBytes;
            tableElements = from.tableElements;
            growthTraps = from.growthTraps;
            instances = from.instances;
            outputBytes = from.outputBytes;
            stringBytes = from.stringBytes;
            payloadBytes = from.payloadBytes;
            liftedBytes = from.liftedBytes;
            callDepth = from.callDepth;
            hostCalls = from.hostCalls;
            timeout = from.timeout;
            cpuTime = from.cpuTime;
        }
    }

    private Limits with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new Limits(draft);
    }

    /**
     * Returns the limits of a guest for which none are said. Each method here names its default.
     *
     * @return the limits of a guest for which none are said
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * Bytes of linear memory, over all memories that are made for the instance; by default 1 GiB. A memory that it imports
     * counts where it was made, and a host memory has no limit but its own maximum. A shared memory counts with all
     * that it may grow to.
     *
     * <p>A module that declares more at its start is refused before anything is allocated.
     *
     * @param bytes the bytes
     * @return the new limits
     */
    public Limits memoryBytes(long bytes) {
        return with(changed -> changed.memoryBytes = notNegative(bytes));
    }

    /**
     * Elements of tables, over all tables that are made for the instance; by default 1,000,000.
     *
     * @param elements the elements
     * @return the new limits
     */
    public Limits tableElements(long elements) {
        return with(changed -> changed.tableElements = notNegative(elements));
    }

    /**
     * Sets whether a guest ends that asks for more memory or table than is allowed. By default it does not: {@code memory.grow}
     * and {@code table.grow} give -1, and most guests then fail in ways of their own.
     *
     * @param traps whether it ends the guest
     * @return whether to ask for more memory or table than is allowed ends the guest
     */
    public Limits growthTraps(boolean traps) {
        return with(changed -> changed.growthTraps = traps);
    }

    /**
     * Instances in one component, of components and of core modules, however deep; by default 4,096.
     *
     * @param count the number of elements
     * @return the new limits
     */
    public Limits instances(int count) {
        return with(changed -> changed.instances = (int) notNegative(count));
    }

    /**
     * Bytes that the guest may write to standard output, and as many to standard error, wherever they go. By default there is
     * no limit, but what {@code Invocation} keeps in memory is bounded by itself.
     *
     * @param bytes the bytes
     * @return the new limits
     */
    public Limits outputBytes(long bytes) {
        return with(changed -> changed.outputBytes = notNegative(bytes));
    }

    /**
     * Bytes of one string or list of numbers that the guest hands over; by default 268,435,455.
     *
     * @param bytes the bytes
     * @return the new limits
     */
    public Limits stringBytes(long bytes) {
        return with(changed -> changed.stringBytes = notNegative(bytes));
    }

    /**
     * Bytes of one value that the guest hands over in encoded form, such as JSON, or of all strings and lists within one
     * value of a component; by default 64 MiB.
     *
     * @param bytes the bytes
     * @return the new limits
     */
    public Limits payloadBytes(long bytes) {
        return with(changed -> changed.payloadBytes = notNegative(bytes));
    }

    /**
     * Bytes of Java's heap that the values may take which the guest hands over in one call, the arguments of a host function
     * or the result of an export; by default 256 MiB. It is computed from the numbers of elements and their types before
     * any is made: a pair of two bytes in the guest's memory is an object of 48 bytes or more in Java.
     *
     * @param bytes the bytes
     * @return the new limits
     */
    public Limits liftedBytes(long bytes) {
        return with(changed -> changed.liftedBytes = notNegative(bytes));
    }

    /**
     * Sets how often an instance may be entered again while it is in a call, by host functions that it called; by default 200. It
     * keeps a recursion through the host from ending in a stack overflow in the host's own code.
     *
     * @param depth the number of entries
     * @return how often an instance may be entered again while it is in a call, by host functions that it called
     */
    public Limits callDepth(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("a guest is entered once at least: " + depth);
        }
        return with(changed -> changed.callDepth = depth);
    }

    /**
     * Sets how often the guest may call its host in one call, including functions of WASI; by default there is no limit.
     *
     * @param count the number of elements
     * @return how often the guest may call its host in one call, functions of WASI included
     */
    public Limits hostCalls(long count) {
        return with(changed -> changed.hostCalls = notNegative(count));
    }

    /**
     * Sets how long a call may take, in wall-clock time; by default there is no limit. What counts is the outermost call
     * from the host, with all that it calls; instantiation is a call of its own, and so is {@code _initialize}.
     *
     * <p>The call ends within 50 milliseconds of it, in a loop of the guest, in a bulk operation, or in a host function
     * that heeds {@link Thread#interrupt}. The thread's interrupt flag is after the call what it would have been without.
     *
     * @param limit the limit
     * @return how long a call may take, by the clock on the wall
     */
    public Limits timeout(Duration limit) {
        return with(changed -> changed.timeout = positive(limit));
    }

    /**
     * Sets how much processor time the calling thread may use in a call; by default there is no limit. Where the JVM does
     * not tell, which it never does of virtual threads, a guest with this limit cannot be entered.
     *
     * @param limit the limit
     * @return how much time of a processor the calling thread may use in a call
     */
    public Limits cpuTime(Duration limit) {
        return with(changed -> changed.cpuTime = positive(limit));
    }

    private static long notNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a limit is not negative: " + value);
        }
        return value;
    }

    static Duration positive(Duration limit) {
        if (Objects.requireNonNull(limit, "limit").isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a limit of time is more than nothing: " + limit);
        }
        return limit;
    }

    /**
     * Returns the largest number of bytes of linear memory, of all memories together.
     *
     * @return the number
     */
    public long memoryBytes() {
        return memoryBytes;
    }

    /**
     * Returns the largest number of table elements, of all tables together.
     *
     * @return the number
     */
    public long tableElements() {
        return tableElements;
    }

    /**
     * Returns whether growth beyond a limit ends the guest.
     *
     * @return true if it ends the guest, false if growth is refused
     */
    public boolean growthTraps() {
        return growthTraps;
    }

    /**
     * Returns the largest number of instances in one component.
     *
     * @return the number
     */
    public int instances() {
        return instances;
    }

    /**
     * Returns the largest number of bytes of each output stream that is collected.
     *
     * @return the number
     */
    public long outputBytes() {
        return outputBytes;
    }

    /**
     * Returns the largest number of bytes of one string.
     *
     * @return the number
     */
    public long stringBytes() {
        return stringBytes;
    }

    /**
     * Returns the largest number of bytes of one payload.
     *
     * @return the number
     */
    public long payloadBytes() {
        return payloadBytes;
    }

    /**
     * Returns the largest number of bytes of Java heap that one value may take.
     *
     * @return the number
     */
    public long liftedBytes() {
        return liftedBytes;
    }

    /**
     * Returns the largest number of nested calls of one instance.
     *
     * @return the number
     */
    public int callDepth() {
        return callDepth;
    }

    /**
     * Returns the largest number of calls to host functions during one call from outside.
     *
     * @return the number
     */
    public long hostCalls() {
        return hostCalls;
    }

    /**
     * Null for none.
     *
     * @return the limit; null for none
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * Null for none.
     *
     * @return the limit; null for none
     */
    public @Nullable Duration cpuTime() {
        return cpuTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits limits && values().equals(limits.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** Returns each limit with its value, as in {@code memoryBytes=67108864}; {@code none} for those that are not set. */
    @Override
    public String toString() {
        return values().entrySet().stream()
                .map(limit -> limit.getKey() + "=" + text(limit.getValue()))
                .collect(Collectors.joining(", ", "Limits[", "]"));
    }

    private static String text(@Nullable Object value) {
        return value == null || value.equals(UNLIMITED) ? "none" : value.toString();
    }

    private Map<String, @Nullable Object> values() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("memoryBytes", memoryBytes);
        values.put("tableElements", tableElements);
        values.put("growthTraps", growthTraps);
        values.put("instances", instances);
        values.put("outputBytes", outputBytes);
        values.put("stringBytes", stringBytes);
        values.put("payloadBytes", payloadBytes);
        values.put("liftedBytes", liftedBytes);
        values.put("callDepth", callDepth);
        values.put("hostCalls", hostCalls);
        values.put("timeout", timeout);
        values.put("cpuTime", cpuTime);
        return values;
    }
}
