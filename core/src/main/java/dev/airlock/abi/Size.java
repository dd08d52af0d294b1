package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.util.List;

/** Estimates how many bytes of bytecode steps take. Estimates are on the high side. */
final class Size implements Operands {
    private static final int READ = 4;
    private static final int BODY = 8;

    private long bytes;

    private Size() {}

    static int of(List<Step> steps) {
        var size = new Size();
        size.once(steps);
        return (int) Math.min(size.bytes, Integer.MAX_VALUE);
    }

    @Override
    public Operands reads(Class<?> type, Register... registers) {
        bytes += (long) READ * registers.length;
        return this;
    }

    @Override
    public Operands sets(Class<?> type, Register... registers) {
        return this;
    }

    @Override
    public Operands once(List<Step> steps) {
        for (Step step : steps) {
            bytes += step.weight();
            step.operands(this);
        }
        return this;
    }

    @Override
    public Operands maybe(Runnable operands) {
        bytes += BODY;
        operands.run();
        return this;
    }

    @Override
    public Operands oneOf(List<List<Step>> bodies) {
        bytes += (long) BODY * bodies.size();
        bodies.forEach(this::once);
        return this;
    }
}
