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

    /** {@return the trap; the thread's interrupt status stays unchanged} */
    public static Trap trap() {
        return new Trap(TrapCode.INTERRUPTED, "interrupted while the guest waited for its host", List.of(), null);
    }

    /**
     * Returns the trap, and restores the interrupt status that the exception cleared.
     *
     * @param interrupt the exception, which the trap has as a suppressed one
     * @return the trap
     */
    public static Trap trap(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        Trap trap = trap();
        trap.addSuppressed(interrupt);
        return trap;
    }
}
