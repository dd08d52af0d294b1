package dev.airlock.memory.linear;

import dev.airlock.error.TrapCode;
import java.math.BigInteger;

/**
 * A trap on its way out of a guest's code (core specification, section 4.2.1): the gate turns it into a
 * {@link dev.airlock.error.Trap}. No handler of a guest catches it.
 */
public final class GuestTrap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TrapCode code;

    public GuestTrap(TrapCode code) {
        this(code, code.text());
    }

    public GuestTrap(TrapCode code, String message) {
        super(message);
        this.code = code;
    }

    static GuestTrap outOfBounds(BigInteger offset, BigInteger length, String what, long size) {
        return new GuestTrap(
                TrapCode.MEMORY_OUT_OF_BOUNDS,
                "out of bounds memory access: offset " + offset + ", length " + length + ", but the " + what + " has "
                        + size + " bytes");
    }

    public TrapCode code() {
        return code;
    }
}
