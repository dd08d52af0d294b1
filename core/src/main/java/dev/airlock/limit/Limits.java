package dev.airlock.limit;

import dev.airlock.error.LimitException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much one instance, or one component with all its instances, may take of its host. Immutable: each method gives
 * limits that differ in one, as in {@code Limits.defaults().memoryBytes(64 << 20).timeout(Duration.ofMillis(500))}.
 *
 * <p>What passes a limit ends with a {@link LimitException}, and the instance cannot be entered again. The exception is
 * growth, which a guest is refused as the specification provides for, unless {@link #growthTraps} says otherwise.
 * docs/LIMITS.md has all of them in one table, with what each costs.
 *
 * <p>How deep a guest's own functions may call each other is bounded by the stack of the thread that calls it: they end
 * with a trap {@link dev.airlock.error.TrapCode#CALL_STACK_EXHAUSTED}.
 */
public final class Limits {
    /** For limits that count: no limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final Limits DEFAULTS = new Limits();

    private long memoryBytes = 1L << 30;
    private long tableElements = 1_000_000;
    private boolean growthTraps;
    private int instances = 4_096;
    private long outputBytes = UNLIMITED;
    private long stringBytes = (1L << 28) - 1;
    private long payloadBytes = 64L << 20;
    private int callDepth = 200;
    private long hostCalls = UNLIMITED;
    private @Nullable Duration timeout;
    private @Nullable Duration cpuTime;

    private Limits() {}

    private Limits(Limits from) {
        memoryBytes = from.memoryBytes;
        tableElements = from.tableElements;
        growthTraps = from.growthTraps;
        instances = from.instances;
        outputBytes = from.outputBytes;
        stringBytes = from.stringBytes;
        payloadBytes = from.payloadBytes;
        callDepth = from.callDepth;
        hostCalls = from.hostCalls;
        timeout = from.timeout;
        cpuTime = from.cpuTime;
    }

    /** The limits of a guest for which none are said. Each method here names its default. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * Bytes of linear memory, over all memories that are made for the instance; by default 1 GiB. A memory that it imports
     * counts where it was made, and one of the host's has no limit but its own maximum. A shared memory counts with all
     * that it may grow to.
     *
     * <p>A module that declares more at its start is refused before anything is allocated.
     */
    public Limits memoryBytes(long bytes) {
        Limits changed = new Limits(this);
        changed.memoryBytes = notNegative(bytes);
        return changed;
    }

    /** Elements of tables, over all tables that are made for the instance; by default 1,000,000. */
    public Limits tableElements(long elements) {
        Limits changed = new Limits(this);
        changed.tableElements = notNegative(elements);
        return changed;
    }

    /**
     * Whether to ask for more memory or table than is allowed ends the guest. By default it does not: {@code memory.grow}
     * and {@code table.grow} give -1, and most guests then fail in ways of their own.
     */
    public Limits growthTraps(boolean traps) {
        Limits changed = new Limits(this);
        changed.growthTraps = traps;
        return changed;
    }

    /** Instances in one component, of components and of core modules, however deep; by default 4,096. */
    public Limits instances(int count) {
        Limits changed = new Limits(this);
        changed.instances = (int) notNegative(count);
        return changed;
    }

    /**
     * Bytes that the guest may write to standard output, and as many to standard error, wherever they go. By default there is
     * no limit, but what {@code Invocation} keeps in memory is bounded by itself.
     */
    public Limits outputBytes(long bytes) {
        Limits changed = new Limits(this);
        changed.outputBytes = notNegative(bytes);
        return changed;
    }

    /** Bytes of one string or list of numbers that the guest hands over; by default 268,435,455. */
    public Limits stringBytes(long bytes) {
        Limits changed = new Limits(this);
        changed.stringBytes = notNegative(bytes);
        return changed;
    }

    /**
     * Bytes of one value that the guest hands over in encoded form, such as JSON, or of all strings and lists within one
     * value of a component's; by default 64 MiB.
     */
    public Limits payloadBytes(long bytes) {
        Limits changed = new Limits(this);
        changed.payloadBytes = notNegative(bytes);
        return changed;
    }

    /**
     * How often an instance may be entered anew while it is in a call, by host functions that it called; by default 200. It
     * keeps a recursion through the host from ending in a stack overflow in the host's own code.
     */
    public Limits callDepth(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("a guest is entered once at least: " + depth);
        }
        Limits changed = new Limits(this);
        changed.callDepth = depth;
        return changed;
    }

    /** How often the guest may call its host in one call, functions of WASI included; by default as often as it wants. */
    public Limits hostCalls(long count) {
        Limits changed = new Limits(this);
        changed.hostCalls = notNegative(count);
        return changed;
    }

    /**
     * How long a call may take, by the clock on the wall; by default as long as it wants. What counts is the outermost call
     * from the host, with all that it calls; instantiation is a call of its own, and so is {@code _initialize}.
     *
     * <p>The call ends within 50 milliseconds of it, in a loop of the guest's, in a bulk operation, or in a host function
     * that heeds {@link Thread#interrupt}. The thread's interrupt flag is after the call what it would have been without.
     */
    public Limits timeout(Duration limit) {
        Limits changed = new Limits(this);
        changed.timeout = positive(limit);
        return changed;
    }

    /**
     * How much time of a processor the calling thread may use in a call; by default as much as it wants. Where the JVM does
     * not tell, which it never does of virtual threads, a guest with this limit cannot be entered.
     */
    public Limits cpuTime(Duration limit) {
        Limits changed = new Limits(this);
        changed.cpuTime = positive(limit);
        return changed;
    }

    private static long notNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a limit is not negative: " + value);
        }
        return value;
    }

    private static Duration positive(Duration limit) {
        if (Objects.requireNonNull(limit, "limit").isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a limit of time is more than nothing: " + limit);
        }
        return limit;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    public long tableElements() {
        return tableElements;
    }

    public boolean growthTraps() {
        return growthTraps;
    }

    public int instances() {
        return instances;
    }

    public long outputBytes() {
        return outputBytes;
    }

    public long stringBytes() {
        return stringBytes;
    }

    public long payloadBytes() {
        return payloadBytes;
    }

    public int callDepth() {
        return callDepth;
    }

    public long hostCalls() {
        return hostCalls;
    }

    /** Null for none. */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** Null for none. */
    public @Nullable Duration cpuTime() {
        return cpuTime;
    }
}
