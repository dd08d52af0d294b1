package dev.airlock.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.airlock.Crossing")
@Label("Crossing")
@Category("Airlock")
@Description("A call between host and guest")
@Enabled(false)
@StackTrace(false)
final class JfrCrossing extends Event implements FlightEvents.Crossing {
    private static final JfrCrossing PROBE = new JfrCrossing("", "", true);

    @Label("Guest")
    @Description("The name of the module or component")
    private final String guest;

    @Label("Function")
    @Description("The export that the host called, or the import that the guest called, with both of its names")
    private final String function;

    @Label("Direction")
    @Description("in: the host called the guest; out: the guest called the host")
    private final String direction;

    @Label("Bytes in")
    @Description("What the host wrote to the guest's memory")
    @DataAmount
    private long bytesIn;

    @Label("Bytes out")
    @Description("What the host read from the guest's memory")
    @DataAmount
    private long bytesOut;

    JfrCrossing(String guest, String function, boolean intoGuest) {
        this.guest = guest;
        this.function = function;
        this.direction = intoGuest ? "in" : "out";
        begin();
    }

    static boolean isWanted() {
        return PROBE.isEnabled();
    }

    @Override
    public void end(long in, long out) {
        bytesIn = in;
        bytesOut = out;
        commit();
    }
}
