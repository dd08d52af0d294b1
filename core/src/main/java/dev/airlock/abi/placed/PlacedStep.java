package dev.airlock.abi.placed;

import dev.airlock.abi.Frame;
import dev.airlock.abi.Step;
import dev.airlock.abi.StepCode;

/** A step of a plan for a core module. */
interface PlacedStep extends Step {
    /** Emits the step's bytecode. */
    void emit(PlacedCode code);

    /** Runs the step. */
    void run(PlacedFrame frame) throws Throwable;

    /**
     * Whether the step releases what an earlier one took. It then runs after a failure, too, and does nothing if the
     * register that it reads is 0 or null.
     */
    default boolean releases() {
        return false;
    }

    /** Whether the step reads or writes the guest's memory. */
    default boolean usesMemory() {
        return true;
    }

    @Override
    default void emit(StepCode code) {
        emit((PlacedCode) code);
    }

    @Override
    default void run(Frame frame) throws Throwable {
        run((PlacedFrame) frame);
    }
}
