package dev.airlock.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.airlock.Reset")
@Label("Reset")
@Category("Airlock")
@Description("An instance of a guest went back to its snapshot")
@Enabled(false)
@StackTrace(false)
final class JfrReset extends Event implements FlightEvents.Reset {
    private static final JfrReset PROBE = new JfrReset("");

    @Label("Guest")
    @Description("The name of the module or component")
    private final String guest;

    @Label("Put back")
    @Description("How much of its memories had changed and was put back, in pieces of 512 bytes")
    @DataAmount
    private long bytes;

    JfrReset(String guest) {
        this.guest = guest;
        begin();
    }

    static boolean isWanted() {
        return PROBE.isEnabled();
    }

    @Override
    public void end(long putBack) {
        bytes = putBack;
        commit();
    }
}
