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
    /** The number of handles that the callee borrowed and has not dropped. */
    int borrows;

    // Each list is made when it is needed, since nearly all calls need only one.
    private @Nullable List<HandleTable.Handle> lenders;
    private @Nullable List<HeldResource> lent;
    private @Nullable List<HeldResource> shown;

    CallScope(@Nullable CallScope outer) {
        this.outer = outer;
    }

    /** Adds a handle of the caller's table that is lent for the call. */
    void addLender(HandleTable.Handle lender) {
        if (lenders == null) {
            lenders = new ArrayList<>(2);
        }
        lenders.add(lender);
    }

    /** Adds a resource that Java lends for the call. */
    void addLent(HeldResource resource) {
        if (lent == null) {
            lent = new ArrayList<>(2);
        }
        lent.add(resource);
    }

    /** Adds a borrow that Java has for the duration of the call. */
    void addShown(HeldResource resource) {
        if (shown == null) {
            shown = new ArrayList<>(2);
        }
        shown.add(resource);
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
        if (lenders != null) {
            for (HandleTable.Handle lender : lenders) {
                lender.lends--;
            }
        }
        if (lent != null) {
            for (HeldResource resource : lent) {
                resource.giveBack();
            }
        }
        if (shown != null) {
            for (HeldResource resource : shown) {
                resource.endBorrow();
            }
        }
    }
}
