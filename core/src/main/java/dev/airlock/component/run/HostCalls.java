package dev.airlock.component.run;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.RecordedCall;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.ValueException;
import dev.airlock.event.FlightEvents;

/** Calls from the host into a component instance: through the gate, and out with every failure translated. */
public final class HostCalls {
    private HostCalls() {}

    /** What runs inside. */
    public interface Body {
        void run() throws Throwable;
    }

    public static void run(InstanceEntry crossing, String function, Body body) {
        Compartment compartment = crossing.callee().compartment();
        int before = compartment.enter();
        RecordedCall recorded = null;
        try {
            checkOpen(crossing, function);
            recorded = crossing.callee().recorded(function, FlightEvents.Direction.IN);
            inside(compartment, crossing, body);
        } finally {
            if (recorded != null) {
                recorded.end();
            }
            compartment.exit(before);
        }
    }

    public static void checkOpen(InstanceEntry crossing, String function) {
        if (!crossing.isOpen()) {
            // The host's mistake, not the guest's: nothing has happened to the guest.
            throw new InstanceStateException(function + " cannot be called: " + crossing.callee()
                    + " is running, and waits for the host function that calls it");
        }
    }

    private static void inside(Compartment compartment, InstanceEntry crossing, Body body) {
        Task before = crossing.enter();
        try {
            body.run();
            crossing.leave(before);
        } catch (ValueException e) {
            crossing.leave(before);
            throw e;
        } catch (Throwable e) {
            throw Handles.sneaky(compartment.leave(e));
        }
    }
}
