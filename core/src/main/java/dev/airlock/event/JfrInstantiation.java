package dev.airlock.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.airlock.Instantiation")
@Label("Instantiation")
@Category("Airlock")
@Description("An instance of a guest was made")
@Enabled(false)
@StackTrace(false)
final class JfrInstantiation extends Event implements FlightEvents.Instantiation {
    private static final JfrInstantiation PROBE = new JfrInstantiation("", false);

    @Label("Guest")
    @Description("The name of the module or component")
    private final String guest;

    @Label("From snapshot")
    private final boolean fromSnapshot;

    @Label("Memory")
    @Description("The size of all memories that the instance has, with those that it imports")
    @DataAmount
    private long memoryBytes;

    JfrInstantiation(String guest, boolean fromSnapshot) {
        this.guest = guest;
        this.fromSnapshot = fromSnapshot;
        begin();
    }

    static boolean isWanted() {
        return PROBE.isEnabled();
    }

    @Override
    public void end(long bytes) {
        memoryBytes = bytes;
        commit();
    }
}
