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

    /** Whether resets are recorded now. */
    public static boolean recordsResets() {
        return PRESENT && JfrReset.isWanted();
    }

    /**
     * A crossing that starts now. To be asked for only where crossings are recorded.
     *
     * @param guest the name of the module or component
     * @param function the export that is called, or the two names of the import
     */
    public static Crossing crossing(String guest, String function, Direction direction) {
        return new JfrCrossing(guest, function, direction);
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

    /**
     * A reset that starts now. To be asked for only where resets are recorded.
     *
     * @param guest the name of the module or component
     */
    public static Reset reset(String guest) {
        return new JfrReset(guest);
    }

    /** Who calls whom. */
    public enum Direction {
        /** The host calls the guest. */
        IN,
        /** The guest calls the host. */
        OUT,
        /** One component calls another that it was linked with. */
        ACROSS
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

    /** One instance on its way back to its snapshot. */
    public interface Reset {
        /** It is there, and so many bytes of its memories were put back. */
        void end(long bytes);
    }

    /** One instance in the making. */
    public interface Instantiation {
        /** It is made, and its memories have so many bytes. */
        void end(long memoryBytes);
    }
}
