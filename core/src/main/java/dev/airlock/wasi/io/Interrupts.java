package dev.airlock.wasi.io;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.List;

/**
 * Traps for interrupts that arrive while a guest waits for its host. An interrupt ends the guest's execution as a whole: a
 * guest that only learned of it could wait again and never end.
 */
public final class Interrupts {
    private Interrupts() {}

    /** Returns the trap, and leaves the thread's interrupt status as it is. */
    public static Trap trap() {
        return new Trap(TrapCode.INTERRUPTED, "interrupted while the guest waited for its host", List.of(), null);
    }

    /** Returns the trap, and restores the interrupt status that the exception cleared. */
    public static Trap trap(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        Trap trap = trap();
        trap.addSuppressed(interrupt);
        return trap;
    }
}
