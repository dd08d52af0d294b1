package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import run.endive.runtime.TrapException;

/** What the guest's side of a memory must do out of bounds. */
final class Traps {
    private Traps() {}

    static void assertTraps(ThrowingCallable access) {
        assertThatThrownBy(access)
                .isInstanceOf(TrapException.class)
                .hasMessageStartingWith("out of bounds memory access: offset ");
    }
}
