package dev.airlock.abi.placed;

import dev.airlock.abi.Operands;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import java.util.List;

/** Clears the registers that a step reads, before any step runs: a step that releases may run at any time. */
record Cleared(PlacedCode code) implements Operands {
    @Override
    public Operands reads(Class<?> type, Register... registers) {
        List.of(registers).forEach(code::clear);
        return this;
    }

    @Override
    public Operands sets(Class<?> type, Register... registers) {
        return this;
    }

    @Override
    public Operands once(List<Step> steps) {
        throw new IllegalStateException("a step that releases has no steps within it");
    }

    @Override
    public Operands maybe(Runnable operands) {
        throw new IllegalStateException("a step that releases has no steps within it");
    }

    @Override
    public Operands oneOf(List<List<Step>> bodies) {
        throw new IllegalStateException("a step that releases has no steps within it");
    }
}
