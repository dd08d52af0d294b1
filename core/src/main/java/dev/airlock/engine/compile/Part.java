package dev.airlock.engine.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A sequence of operators that becomes a JVM method of its own, since its function is too large for one. It takes the locals
 * that it uses and the operands on top, and returns a number: 0 if control goes on behind it, or which branch leaves it.
 */
final class Part {
    /** Returned if a tail call is pending. */
    static final int PENDING = -1;

    /** Positions in the recording. */
    final int start;

    final int end;

    /** The guest's locals that it or a part in it reads or sets. */
    final BitSet used = new BitSet();

    final BitSet assigned = new BitSet();

    /** Those that it reads or sets itself, outside of the parts in it. */
    final BitSet own = new BitSet();

    final BitSet ownAssigned = new BitSet();

    /** Where branches out of it go, by what it returns less one. */
    final List<Construct> exits = new ArrayList<>();

    Part(int start, int end) {
        this.start = start;
        this.end = end;
    }

    /** Returns what it returns for a branch to a construct around it. */
    int exit(Construct target) {
        int known = exits.indexOf(target);
        if (known < 0) {
            exits.add(target);
            known = exits.size() - 1;
        }
        return known + 1;
    }
}
