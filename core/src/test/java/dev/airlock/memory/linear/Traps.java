package dev.airlock.memory.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.error.TrapCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What guests' accesses must do out of bounds. */
final class Traps {
    private Traps() {}

    static void assertTraps(ThrowingCallable access) {
        Throwable thrown = catchThrowable(access);
        assertThat(thrown).isInstanceOf(GuestTrap.class).hasMessageStartingWith("out of bounds memory access: offset ");
        assertThat(((GuestTrap) thrown).code()).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS);
    }
}
