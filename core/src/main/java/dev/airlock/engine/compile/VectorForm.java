package dev.airlock.engine.compile;

import org.jspecify.annotations.Nullable;

/**
 * How a vector lies in four consecutive JVM locals. The JVM has no vectors, and a conversion between a long and two ints or
 * floats costs as much as the operator itself; so a vector stays in the lanes of the operator that made it until an operator
 * of other lanes takes it.
 */
enum VectorForm {
    /** The low half and the high half. */
    LONGS('J', 2, 'V'),

    /** Lanes 0 to 3. */
    INTS('I', 4, 'i'),

    /** Lanes 0 to 3. */
    FLOATS('F', 4, 'f'),

    /** Lanes 0 and 1. */
    DOUBLES('D', 2, 'd');

    /** How many JVM locals each form takes. */
    static final int LOCALS = 4;

    private final char carrier;
    private final int lanes;
    private final char letter;

    VectorForm(char carrier, int lanes, char letter) {
        this.carrier = carrier;
        this.lanes = lanes;
        this.letter = letter;
    }

    /** Returns the form that a letter stands for; null if that is the carrier of a scalar or a reference. */
    static @Nullable VectorForm of(char letter) {
        return switch (letter) {
            case 'V' -> LONGS;
            case 'i' -> INTS;
            case 'f' -> FLOATS;
            case 'd' -> DOUBLES;
            default -> null;
        };
    }

    /** Returns the letter that stands for this form among carriers; V, that of the type, for two longs. */
    char letter() {
        return letter;
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
