package dev.airlock.component.run;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry into a component instance from another one, or from the host (Canonical ABI, "Component Instances",
 * {@code entering_set}).
 *
 * @param callee the instance that is entered
 * @param entering the callee and its ancestors, without the caller and its ancestors. None of them may be running. So a
 *     component can call back into the one that instantiated it
 */
public record InstanceEntry(ComponentState callee, ComponentState[] entering) {
    /** @param caller null for the host */
    static InstanceEntry between(@Nullable ComponentState caller, ComponentState callee) {
        var entering = new ArrayList<ComponentState>();
        for (ComponentState at = callee; at != null; at = at.parent()) {
            if (!isAround(at, caller)) {
                entering.add(at);
            }
        }
        return new InstanceEntry(callee, entering.toArray(ComponentState[]::new));
    }

    private static boolean isAround(ComponentState outer, @Nullable ComponentState inner) {
        for (ComponentState at = inner; at != null; at = at.parent()) {
            if (at == outer) {
                return true;
            }
        }
        return false;
    }

    /** Whether none of the entered instances is running. */
    boolean isOpen() {
        for (ComponentState state : entering) {
            if (state.isRunning()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Enters the callee.
     *
     * @return the callee's previous task, for {@link #leave}
     * @throws Trap if one of the entered instances is running
     */
    public Task enter() {
        if (!isOpen()) {
            throw new Trap(
                    TrapCode.CANNOT_ENTER,
                    "cannot enter component instance " + callee + ": it is running, and waits for this call",
                    List.of(),
                    null);
        }
        for (ComponentState state : entering) {
            state.isRunning(true);
        }
        return callee.beginTask();
    }

    public void leave(Task before) {
        callee.endTask(before);
        for (ComponentState state : entering) {
            state.isRunning(false);
        }
    }
}
