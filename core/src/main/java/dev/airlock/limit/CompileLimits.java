package dev.airlock.limit;

import dev.airlock.error.CheckReturnValue;
import java.time.Duration;
import java.util.Objects;

/**
 * How much the compilation of one module may take. A module that needs more is refused with a {@link
 * dev.airlock.error.LimitException}. Immutable.
 *
 * <pre>{@code
 * Engine engine = Engine.builder()
 *     .compileLimits(CompileLimits.defaults().time(Duration.ofSeconds(5)))
 *     .build();
 * }</pre>
 */
@CheckReturnValue
public final class CompileLimits {
    private static final CompileLimits DEFAULTS = new CompileLimits(Duration.ofSeconds(60), 512L << 20, 50_000);

    private final Duration time;
    private final long codeBytes;
    private final int locals;

    private CompileLimits(Duration time, long codeBytes, int locals) {
        this.time = time;
        this.codeBytes = codeBytes;
        this.locals = locals;
    }

    /**
     * Returns the limits of an engine that sets none: a minute, 512 MiB of generated code, and 50,000 local variables in a
     * function, which is the limit of browsers.
     *
     * @return the default limits
     */
    public static CompileLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these limits with another one on the wall-clock time of a compilation.
     *
     * @param limit the time, more than zero
     * @return the new limits
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CompileLimits time(Duration limit) {
        return new CompileLimits(Limits.positive(Objects.requireNonNull(limit, "limit")), codeBytes, locals);
    }

    /**
     * Returns these limits with another one on the size of the generated code, in bytes of JVM class files.
     *
     * @param limit the number of bytes, more than zero
     * @return the new limits
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CompileLimits codeBytes(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("no module can be compiled to " + limit + " bytes");
        }
        return new CompileLimits(time, limit, locals);
    }

    /**
     * Returns these limits with another one on the local variables of a function, its parameters included. Apart from this, all
     * functions of a module together can have 50 million.
     *
     * @param limit the number of variables, at most 50,000
     * @return the new limits
     * @throws IllegalArgumentException if it is negative or more than 50,000
     */
    public CompileLimits locals(int limit) {
        if (limit < 0 || limit > DEFAULTS.locals) {
            throw new IllegalArgumentException(
                    "a function can have 0 to " + DEFAULTS.locals + " local variables, not " + limit);
        }
        return new CompileLimits(time, codeBytes, limit);
    }

    /** {@return how long a compilation may take} */
    public Duration time() {
        return time;
    }

    /** {@return how many bytes of code may be generated} */
    public long codeBytes() {
        return codeBytes;
    }

    /** {@return how many local variables a function may have} */
    public int locals() {
        return locals;
    }

    @Override
    public String toString() {
        return "compile limits: " + time + ", " + codeBytes + " bytes of code, " + locals + " locals";
    }
}
