package dev.airlock.event;

/** Whether the flight recorder wants to know of something, and the way to tell it. For Airlock's own rooms. */
public final class FlightEvents {
    /** Not every JVM has a flight recorder. A constant, so that compiled code need not ask. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    /** Whether crossings are recorded now. As good as free where they are not: the JVM knows it when it compiles. */
    public static boolean recordsCrossings() {
        return PRESENT && JfrCrossing.isWanted();
    }

    /** Whether instantiations are recorded now. */
    public static boolean recordsInstantiations() {
        return PRESENT && JfrInstantiation.isWanted();
    }

    /**
     * A crossing that starts now. To be asked for only where crossings are recorded.
     *
     * @param guest the name of the module or component
     * @param function the export that is called, or the two names of the import
     * @param intoGuest whether the host calls the guest; else the guest calls the host
     */
    public static Crossing crossing(String guest, String function, boolean intoGuest) {
        return new JfrCrossing(guest, function, intoGuest);
    }

    /**
     * An instantiation that starts now. To be asked for only where instantiations are recorded.
     *
     * @param guest the name of the module or component
     * @param fromSnapshot whether it is made from a snapshot; else from the module
     */
    public static Instantiation instantiation(String guest, boolean fromSnapshot) {
        return new JfrInstantiation(guest, fromSnapshot);
    }

    /** One call on its way. */
    public interface Crossing {
        /**
         * It is over, whichever way it ended.
         *
         * @param bytesIn what was written to the guest's memory for it
         * @param bytesOut what was read from there
         */
        void end(long bytesIn, long bytesOut);
    }

    /** One instance in the making. */
    public interface Instantiation {
        /** It is made, and its memories have so many bytes. */
        void end(long memoryBytes);
    }
}
