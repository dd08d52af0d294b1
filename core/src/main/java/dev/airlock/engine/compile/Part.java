package dev.airlock.engine.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;

/**
 * A sequence of operators that becomes a JVM method of its own, since its function is too large for one. It takes the locals
 * that it uses and the operands on top, and returns a number: 0 if control goes on behind it, or which branch leaves it.
 *
 * <p>It may also begin inside of blocks and end behind them. Interpreters have one block for each operator, the next in the
 * one before, and code of some operators is one such part:
 *
 * <pre>
 * block block block  switch  end first end second end third
 *                            └── part ──────────┘ └─ part ─
 * </pre>
 */
final class Part {
    /** Returned if a tail call is pending. */
    static final int PENDING = -1;

    /** Whether there are parts in it. */
    boolean hasParts;

    /** Positions in the recording. */
    final int start;

    final int end;

    /** The guest's locals that it or a part in it reads or sets. */
    final BitSet used = new BitSet();

    final BitSet assigned = new BitSet();

    /**
     * Blocks that begin before it and end in it, by number in order of their start: it may be entered at the end of each, so it
     * takes as a further parameter the place of that here, from 1, or 0 for its start.
     */
    final Map<Integer, Integer> entries = new LinkedHashMap<>();

    /** Adds a block that it may be entered at the end of. */
    void enterAtEndOf(int number) {
        entries.put(number, entries.size() + 1);
    }

    /** In the method around it, where it is called. */
    final Label call = new Label();

    /** Where branches out of it go, by what it returns less one. */
    final List<Construct> exits = new ArrayList<>();

    private final Map<Construct, Integer> numbers = new HashMap<>();

    Part(int start, int end) {
        this.start = start;
        this.end = end;
    }

    /** Returns what it returns for a branch to a construct around it. */
    int exit(Construct target) {
        return numbers.computeIfAbsent(target, added -> {
            exits.add(added);
            return exits.size();
        });
    }
}
