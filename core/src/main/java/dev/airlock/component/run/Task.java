package dev.airlock.component.run;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call into a component instance, and what the instance holds for it: the slots of {@code context.get} and
 * {@code context.set}, the scopes of borrows, and whether a result of the host is being lowered (Canonical ABI,
 * {@code Task}).
 *
 * <p>An instance has a current task. The first one, made with the instance, stands for no call: start functions run in it. As
 * all calls are synchronous, tasks end in the reverse order of their begin. So each task keeps the one after it for the next
 * call, and a call allocates none.
 *
 * <p>May-leave is not here: the specification has it once for each instance ({@code ComponentInstance.may_leave}).
 */
public final class Task {
    private @Nullable Task next;
    private int slot0;
    private int slot1;
    private @Nullable CallScope scope;
    private boolean isGiving;

    Task() {}

    /** Returns the task of a call that begins in this one, as a fresh task. */
    Task begin() {
        Task begun = next;
        if (begun == null) {
            begun = new Task();
            next = begun;
        } else {
            begun.restore(0, 0);
        }
        return begun;
    }

    /** Takes this task to a state outside of any call. */
    void restore(int slot0, int slot1) {
        this.slot0 = slot0;
        this.slot1 = slot1;
        scope = null;
        isGiving = false;
    }

    int slot(int number) {
        return number == 0 ? slot0 : slot1;
    }

    void slot(int number, int value) {
        if (number == 0) {
            slot0 = value;
        } else {
            slot1 = value;
        }
    }

    /** Begins a scope of borrows, inside the innermost one if there is one. */
    void beginScope() {
        scope = new CallScope(scope);
    }

    /** Ends the innermost scope: traps if a borrow of it was not dropped. */
    void endScope() {
        CallScope ending = innermost();
        ending.end();
        scope = ending.outer;
    }

    /** The innermost scope of this call. */
    CallScope innermost() {
        return Objects.requireNonNull(scope, "no call has begun");
    }

    /** Whether a host function has returned to this call, and its result is not all lowered yet. */
    boolean isGiving() {
        return isGiving;
    }

    void isGiving(boolean giving) {
        isGiving = giving;
    }
}
