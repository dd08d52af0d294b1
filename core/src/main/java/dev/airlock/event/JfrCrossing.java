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
    private static final JfrCrossing PROBE = new JfrCrossing("", "", FlightEvents.Direction.IN);

    @Label("Guest")
    @Description("The name of the module or component")
    private final String guest;

    @Label("Function")
    @Description("The export that the host called, or the import that the guest called, with the interface or module")
    private final String function;

    @Label("Direction")
    @Description("in: the host called the guest; out: the guest called the host; across: one component called another")
    private final String direction;

    @Label("Bytes in")
    @Description("What was written to the guest's memory")
    @DataAmount
    private long bytesIn;

    @Label("Bytes out")
    @Description("What was read from the guest's memory")
    @DataAmount
    private long bytesOut;

    JfrCrossing(String guest, String function, FlightEvents.Direction direction) {
        this.guest = guest;
        this.function = function;
        this.direction = switch (direction) {
            case IN -> "in";
            case OUT -> "out";
            case ACROSS -> "across";
        };
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
