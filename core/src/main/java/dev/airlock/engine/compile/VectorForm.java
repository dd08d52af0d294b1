package dev.airlock.engine.compile;

/**
 * How a vector lies in four consecutive JVM locals. The JVM has no vectors, and a conversion between a long and two ints or
 * floats costs as much as the operator itself; so a vector stays in the lanes of the operator that made it until an operator
 * of other lanes takes it.
 */
enum VectorForm {
    /** The low half and the high half. */
    LONGS('J', 2),

    /** Lanes 0 to 3. */
    INTS('I', 4),

    /** Lanes 0 to 3. */
    FLOATS('F', 4),

    /** Lanes 0 and 1. */
    DOUBLES('D', 2);

    /** How many JVM locals each form takes. */
    static final int LOCALS = 4;

    private final char carrier;
    private final int lanes;

    VectorForm(char carrier, int lanes) {
        this.carrier = carrier;
        this.lanes = lanes;
    }

    /** Returns the descriptor of a lane's type. */
    char carrier() {
        return carrier;
    }

    int lanes() {
        return lanes;
    }

    /** Returns the JVM local of a lane of a vector that begins at a local. */
    int local(int base, int lane) {
        return base + lane * (LOCALS / lanes);
    }
}
