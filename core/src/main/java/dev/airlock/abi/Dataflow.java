package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run of steps reads and sets. */
class Dataflow implements Operands {
    /** Those that are read before they are set. */
    private final Set<Register> read = new LinkedHashSet<>();

    private final Set<Register> written = new LinkedHashSet<>();
    /** Those that are set by now, whichever way the steps took. */
    private final Set<Register> set = new LinkedHashSet<>();
    /** The order in which they were, so that a branch can be undone. */
    private final List<Register> order = new ArrayList<>();

    private final Map<Register, Integer> readers = new HashMap<>();

    /** Returns what steps read and set. */
    static Dataflow of(List<Step> steps) {
        var flow = new Dataflow();
        flow.once(steps);
        return flow;
    }

    /** The registers that are read before they are set, in order. */
    final Set<Register> read() {
        return read;
    }

    /** The registers that are set on some way, in order. */
    final Set<Register> written() {
        return written;
    }

    /** Whether a register is set, whichever way the steps take. */
    final boolean isSet(Register register) {
        return set.contains(register);
    }

    /** How often a register is read. */
    final int readers(Register register) {
        return readers.getOrDefault(register, 0);
    }

    @Override
    public Operands reads(Class<?> type, Register... registers) {
        for (Register register : registers) {
            readers.merge(register, 1, Integer::sum);
            if (!set.contains(register)) {
                read.add(register);
            }
        }
        return this;
    }

    @Override
    public Operands sets(Class<?> type, Register... registers) {
        for (Register register : registers) {
            written.add(register);
            isSetNow(register);
        }
        return this;
    }

    private void isSetNow(Register register) {
        if (set.add(register)) {
            order.add(register);
        }
    }

    @Override
    public Operands once(List<Step> steps) {
        steps.forEach(step -> step.operands(this));
        return this;
    }

    @Override
    public Operands maybe(Runnable operands) {
        int mark = order.size();
        operands.run();
        undo(mark);
        return this;
    }

    /** Forgets what has been set since then. Returns it. */
    private List<Register> undo(int mark) {
        List<Register> since = order.subList(mark, order.size());
        List<Register> undone = List.copyOf(since);
        since.clear();
        undone.forEach(set::remove);
        return undone;
    }

    @Override
    public Operands oneOf(List<List<Step>> bodies) {
        int mark = order.size();
        var times = new HashMap<Register, Integer>();
        for (List<Step> body : bodies) {
            once(body);
            undo(mark).forEach(register -> times.merge(register, 1, Integer::sum));
        }
        times.forEach((register, count) -> {
            if (count == bodies.size()) {
                isSetNow(register);
            }
        });
        return this;
    }
}
