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

    private static final Limits DEFAULTS = new Limits(new Values());

    private final Values values;

    private Limits(Values values) {
        this.values = values;
    }

    /** The values of limits. They change only before the limits exist. */
    private static final class Values implements Cloneable {
        private long memoryBytes = 1L << 30;
        private long tableElements = 1_000_000;
        private boolean growthTraps;
        private int instances = 4_096;
        private long outputBytes = UNLIMITED;
        private long stringBytes = (1L << 28) - 1;
        private long payloadBytes = 64L << 20;
        private long liftedBytes = 256L << 20;
        private long collectedBytes = 256L << 20;
        private int callDepth = 200;
        private long hostCalls = UNLIMITED;
        private long fuel = UNLIMITED;
        private @Nullable Duration timeout;
        private @Nullable Duration cpuTime;

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Limits with(Consumer<Values> change) {
        Values changed = values.copy();
        change.accept(changed);
        return new Limits(changed);
    }

    /**
     * Returns the default limits, which apply to a guest unless others are set. Each method here names its default.
     *
     * @return the default limits
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how many bytes of linear memory the instance may have, in all memories that are made for it; by default 1 GiB. An
     * imported memory counts for the instance that made it, and a memory of the host is limited only by its maximum. A shared
     * memory counts with its maximum size.
     *
     * <p>A module that declares a larger initial memory is refused before anything is allocated.
     *
     * @param bytes the number of bytes, not negative
     * @return the new limits
     */
    public Limits memoryBytes(long bytes) {
        return with(changed -> changed.memoryBytes = notNegative(bytes));
    }

    /**
     * Sets how many elements all tables that are made for the instance may have together; by default 1,000,000.
     *
     * @param elements the number of elements, not negative
     * @return the new limits
     */
    public Limits tableElements(long elements) {
        return with(changed -> changed.tableElements = notNegative(elements));
    }

    /**
     * Sets whether a guest that asks for more memory or table elements than allowed ends with a {@link LimitException}. By
     * default it goes on: {@code memory.grow} and {@code table.grow} return -1, and most guests then fail in their
     * own way.
     *
     * @param traps true to end the guest, false to refuse growth
     * @return the new limits
     */
    public Limits growthTraps(boolean traps) {
        return with(changed -> changed.growthTraps = traps);
    }

    /**
     * Sets how many instances of components and core modules one component may contain, nested ones included; by default
     * 4,096.
     *
     * @param count the number of instances, not negative
     * @return the new limits
     */
    public Limits instances(int count) {
        return with(changed -> changed.instances = (int) notNegative(count));
    }

    /**
     * Sets how many bytes the guest may write to standard output, and how many to standard error, wherever the streams lead.
     * By default there is no limit, except that {@code Invocation} bounds the output that it keeps in memory.
     *
     * @param bytes the number of bytes for each of both streams, not negative
     * @return the new limits
     */
    public Limits outputBytes(long bytes) {
        return with(changed -> changed.outputBytes = notNegative(bytes));
    }

    /**
     * Sets how many bytes one string or list of numbers that the guest passes to Java may have; by default 268,435,455.
     *
     * @param bytes the number of bytes, not negative
     * @return the new limits
     */
    public Limits stringBytes(long bytes) {
        return with(changed -> changed.stringBytes = notNegative(bytes));
    }

    /**
     * Sets how many bytes one value that the guest passes in encoded form, such as JSON, may have, and how many all strings
     * and lists within one value of a component may have together; by default 64 MiB.
     *
     * @param bytes the number of bytes, not negative
     * @return the new limits
     */
    public Limits payloadBytes(long bytes) {
        return with(changed -> changed.payloadBytes = notNegative(bytes));
    }

    /**
     * Sets how many bytes of Java heap the values that the guest passes in one call may take: the arguments of a host function
     * or the result of an export; by default 256 MiB. The size is computed from the numbers of elements and their types before
     * any object is made: a pair of two bytes in the guest's memory is an object of 48 bytes or more in Java.
     *
     * @param bytes the number of bytes, not negative
     * @return the new limits
     */
    public Limits liftedBytes(long bytes) {
        return with(changed -> changed.liftedBytes = notNegative(bytes));
    }

    /**
     * Sets how many bytes of Java heap the structs, arrays and exceptions may take that the guest keeps alive; by default 256
     * MiB. What the guest no longer refers to does not count. References count as 8 bytes.
     *
     * <p>The size is estimated from samples, which errs by some percent. When it seems to be reached, Airlock may ask the JVM for
     * a garbage collection, for at most a tenth of the time; the guest waits for it.
     *
     * @param bytes the number of bytes, not negative
     * @return the new limits
     */
    public Limits collectedBytes(long bytes) {
        return with(changed -> changed.collectedBytes = notNegative(bytes));
    }

    /**
     * Sets how deep calls of one instance may be nested, if host functions that it calls call it again; by default 200. This
     * prevents a recursion through the host from overflowing the stack in the host's code.
     *
     * @param depth the number of calls of one instance that may be nested, at least 1
     * @return the new limits
     */
    public Limits callDepth(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("the call depth is at least 1, not " + depth);
        }
        return with(changed -> changed.callDepth = depth);
    }

    /**
     * Sets how often the guest may call its host in one call, including functions of WASI; by default there is no limit.
     *
     * @param count the number of calls, not negative
     * @return the new limits
     */
    public Limits hostCalls(long count) {
        return with(changed -> changed.hostCalls = notNegative(count));
    }

    /**
     * Sets how many operators the guest may execute during one call from outside; by default {@link #UNLIMITED}. The number is
     * the same on every machine, unlike times: operators are counted by basic block, those of the validated module. A call that
     * executes more ends with a {@link LimitException} of kind {@code FUEL}.
     *
     * <p>Only engines with {@code Engine.builder().fuel(true)} compile code that counts. A guest of another engine cannot be
     * instantiated with this limit: that is an {@link dev.airlock.error.InstanceStateException}.
     *
     * @param operators the number of operators, not negative
     * @return the new limits
     */
    public Limits fuel(long operators) {
        return with(changed -> changed.fuel = notNegative(operators));
    }

    /**
     * Sets how long a call may take, in wall-clock time; by default there is no limit. What counts is the outermost call
     * from the host, with all that it calls; instantiation is a call of its own, and so is {@code _initialize}.
     *
     * <p>The call ends at most 50 milliseconds late, in a loop of the guest, in a bulk operation, or in a host function that
     * responds to {@link Thread#interrupt}. The limit does not change the thread's interrupt flag after the call.
     *
     * @param limit the time, more than zero
     * @return the new limits
     */
    public Limits timeout(Duration limit) {
        return with(changed -> changed.timeout = positive(limit));
    }

    /**
     * Sets how much processor time the calling thread may use in a call; by default there is no limit. If the JVM
     * does not measure it, which it never does for virtual threads, a guest with this limit cannot be entered.
     *
     * @param limit the processor time, more than zero
     * @return the new limits
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
            throw new IllegalArgumentException("a time limit is more than zero, not " + limit);
        }
        return limit;
    }

    /**
     * Returns the largest number of bytes of linear memory, of all memories together.
     *
     * @return the number
     */
    public long memoryBytes() {
        return values.memoryBytes;
    }

    /**
     * Returns the largest number of table elements, of all tables together.
     *
     * @return the number
     */
    public long tableElements() {
        return values.tableElements;
    }

    /**
     * Returns whether growth beyond a limit ends the guest.
     *
     * @return true if it ends the guest, false if growth is refused
     */
    public boolean growthTraps() {
        return values.growthTraps;
    }

    /**
     * Returns the largest number of instances in one component.
     *
     * @return the number
     */
    public int instances() {
        return values.instances;
    }

    /**
     * Returns the largest number of bytes of each output stream.
     *
     * @return the number
     */
    public long outputBytes() {
        return values.outputBytes;
    }

    /**
     * Returns the largest number of bytes of one string or list of numbers.
     *
     * @return the number
     */
    public long stringBytes() {
        return values.stringBytes;
    }

    /**
     * Returns the largest number of bytes of one payload.
     *
     * @return the number
     */
    public long payloadBytes() {
        return values.payloadBytes;
    }

    /**
     * Returns the largest number of bytes of Java heap that the values of one call may take.
     *
     * @return the number
     */
    public long liftedBytes() {
        return values.liftedBytes;
    }

    /**
     * Returns the largest number of bytes of structs, arrays and exceptions.
     *
     * @return the number
     */
    public long collectedBytes() {
        return values.collectedBytes;
    }

    /**
     * Returns the largest number of nested calls of one instance.
     *
     * @return the number
     */
    public int callDepth() {
        return values.callDepth;
    }

    /**
     * Returns the largest number of calls to host functions during one call from outside.
     *
     * @return the number
     */
    public long hostCalls() {
        return values.hostCalls;
    }

    /**
     * Returns how many operators the guest may execute during one call from outside.
     *
     * @return the number of operators, or {@link #UNLIMITED}
     */
    public long fuel() {
        return values.fuel;
    }

    /**
     * Returns how long a call may take, in wall-clock time.
     *
     * @return the limit; null for none
     */
    public @Nullable Duration timeout() {
        return values.timeout;
    }

    /**
     * Returns how much processor time the calling thread may use in a call.
     *
     * @return the limit; null for none
     */
    public @Nullable Duration cpuTime() {
        return values.cpuTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits limits && asMap().equals(limits.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    /** Returns each limit with its value, as in {@code memoryBytes=67108864}; {@code none} for those that are not set. */
    @Override
    public String toString() {
        return asMap().entrySet().stream()
                .map(limit -> limit.getKey() + "=" + text(limit.getValue()))
                .collect(Collectors.joining(", ", "Limits[", "]"));
    }

    private static String text(@Nullable Object value) {
        return value == null || value.equals(UNLIMITED) ? "none" : value.toString();
    }

    private Map<String, @Nullable Object> asMap() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("memoryBytes", values.memoryBytes);
        map.put("tableElements", values.tableElements);
        map.put("growthTraps", values.growthTraps);
        map.put("instances", values.instances);
        map.put("outputBytes", values.outputBytes);
        map.put("stringBytes", values.stringBytes);
        map.put("payloadBytes", values.payloadBytes);
        map.put("liftedBytes", values.liftedBytes);
        map.put("collectedBytes", values.collectedBytes);
        map.put("callDepth", values.callDepth);
        map.put("fuel", values.fuel);
        map.put("hostCalls", values.hostCalls);
        map.put("timeout", values.timeout);
        map.put("cpuTime", values.cpuTime);
        return map;
    }
}
