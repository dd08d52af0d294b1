package dev.airlock.engine.simd;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * How a vector lies in four consecutive JVM locals. The JVM has no vectors, and a conversion between a long and two ints or
 * floats costs as much as the operator itself; so a vector stays in the lanes of the operator that made it until an operator
 * of other lanes takes it.
 */
public enum VectorForm {
    /** The low half and the high half. */
    LONGS('J', 2, 'V'),

    /** Lanes 0 to 3. */
    INTS('I', 4, 'i'),

    /** Lanes 0 to 3. */
    FLOATS('F', 4, 'f'),

    /** Lanes 0 and 1. */
    DOUBLES('D', 2, 'd'),

    /** A vector of bytes of {@code jdk.incubator.vector}, in the first of the four locals. */
    OBJECT('L', 1, 'o');

    /** How many JVM locals each form takes. */
    public static final int LOCALS = 4;

    private final char carrier;
    private final int lanes;
    private final char letter;

    VectorForm(char carrier, int lanes, char letter) {
        this.carrier = carrier;
        this.lanes = lanes;
        this.letter = letter;
    }

    /** Returns the form that a letter stands for; null if that is the carrier of a scalar or a reference. */
    public static @Nullable VectorForm of(char letter) {
        return switch (letter) {
            case 'V' -> LONGS;
            case 'i' -> INTS;
            case 'f' -> FLOATS;
            case 'd' -> DOUBLES;
            case 'o' -> OBJECT;
            default -> null;
        };
    }

    /** Returns the letter that stands for this form among carriers; V, that of the type, for two longs. */
    public char letter() {
        return letter;
    }

    /** Returns the descriptor of a lane's type. */
    public char carrier() {
        return carrier;
    }

    public int lanes() {
        return lanes;
    }

    /** Returns the items of a frame for the four locals; those that hold nothing are {@link Opcodes#TOP}. */
    public List<Object> items() {
        return switch (this) {
            case LONGS -> List.of(Opcodes.LONG, Opcodes.LONG);
            case INTS -> Collections.nCopies(LOCALS, Opcodes.INTEGER);
            case FLOATS -> Collections.nCopies(LOCALS, Opcodes.FLOAT);
            case DOUBLES -> List.of(Opcodes.DOUBLE, Opcodes.DOUBLE);
            case OBJECT -> List.of(VectorObjectCode.BYTES, Opcodes.TOP, Opcodes.TOP, Opcodes.TOP);
        };
    }

    /** Returns the JVM local of a lane of a vector that begins at a local. */
    public int local(int base, int lane) {
        return base + lane * (LOCALS / lanes);
    }
}
