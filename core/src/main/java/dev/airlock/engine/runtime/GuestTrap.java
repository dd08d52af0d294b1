package dev.airlock.engine.runtime;

import dev.airlock.error.TrapCode;

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

    public TrapCode code() {
        return code;
    }
}
