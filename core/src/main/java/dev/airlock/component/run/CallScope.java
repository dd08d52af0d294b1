package dev.airlock.component.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function that has borrows in its type, seen from one of the two instances: what was lent for it, and what
 * was borrowed by it (Canonical ABI, {@code Task.num_borrows} and {@code Subtask.lenders}).
 */
final class CallScope {
    final @Nullable CallScope outer;
    final List<HandleTable.Handle> lenders = new ArrayList<>(2);
    final List<HeldResource> lent = new ArrayList<>(0);
    final List<HeldResource> shown = new ArrayList<>(0);
    int borrows;

    CallScope(@Nullable CallScope outer) {
        this.outer = outer;
    }

    /** Gives back what was lent, and ends what Java was shown. */
    void end() {
        for (HandleTable.Handle lender : lenders) {
            lender.lends--;
        }
        for (HeldResource resource : lent) {
            resource.giveBack();
        }
        for (HeldResource resource : shown) {
            resource.endBorrow();
        }
    }
}
