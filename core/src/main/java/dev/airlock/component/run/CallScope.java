package dev.airlock.component.run;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The borrows of one call, on the side of one of the two instances: the handles that the caller lent and the number of
 * handles that the callee borrowed (Canonical ABI, {@code Subtask.lenders} and {@code Task.num_borrows}). Made only for
 * functions with borrows in their types.
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

    /**
     * Gives back the lent handles, and ends the borrows that Java objects stand for.
     *
     * @throws Trap if the callee did not drop all that it borrowed
     */
    void end() {
        if (borrows > 0) {
            throw new Trap(
                    TrapCode.BAD_HANDLE,
                    "borrow handles still remain at the end of the call: " + borrows + " were not dropped",
                    List.of(),
                    null);
        }
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
