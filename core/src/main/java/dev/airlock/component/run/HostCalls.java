package dev.airlock.component.run;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.RecordedCall;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.ValueException;
import dev.airlock.event.FlightEvents;

/** Runs calls from the host into a component instance: enters the gate, and translates every failure on the way out. */
public final class HostCalls {
    private HostCalls() {}

    /** The code that runs in the instance. */
    public interface Body {
        void run() throws Throwable;
    }

    public static void run(InstanceEntry entry, String function, Body body) {
        Compartment compartment = entry.callee().compartment();
        int before = compartment.enter();
        RecordedCall recorded = null;
        try {
            checkOpen(entry, function);
            recorded = entry.callee().recorded(function, FlightEvents.Direction.IN);
            inside(compartment, entry, body);
        } finally {
            if (recorded != null) {
                recorded.end();
            }
            compartment.exit(before);
        }
    }

    public static void checkOpen(InstanceEntry entry, String function) {
        if (!entry.isOpen()) {
            // A mistake of the host; the guest is unchanged.
            throw new InstanceStateException(function + " cannot be called: " + entry.callee()
                    + " is running, and waits for the host function that calls it");
        }
    }

    private static void inside(Compartment compartment, InstanceEntry entry, Body body) {
        Task before = entry.enter();
        try {
            body.run();
            entry.leave(before);
        } catch (ValueException e) {
            entry.leave(before);
            throw e;
        } catch (Throwable e) {
            throw Handles.sneaky(compartment.leave(e));
        }
    }
}
