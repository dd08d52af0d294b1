package dev.airlock.abi;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java numbers to core numbers and back, with their ranges: what is out of range is never cut to fit. */
final class Scalars {
    private Scalars() {}

    static int lowerBool(boolean value) {
        return value ? 1 : 0;
    }

    static int lowerU8(int value, String name) {
        if ((value & ~0xff) != 0) {
            throw new ValueException(name + ": u8 takes 0..255, got " + value);
        }
        return value;
    }

    static int lowerU16(int value, String name) {
        if ((value & ~0xffff) != 0) {
            throw new ValueException(name + ": u16 takes 0..65535, got " + value);
        }
        return value;
    }

    static int lowerChar(int value, String name) {
        if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
            throw new ValueException(
                    name + ": char takes a Unicode scalar value, got " + String.format("U+%04X", value));
        }
        return value;
    }

    static int lowerEnum(@Nullable Object value, String name) {
        return ((Enum<?>) Blocks.notNull(value, name)).ordinal();
    }

    static boolean liftBool(int core) {
        return core != 0;
    }

    static byte liftS8(int core) {
        return (byte) core;
    }

    static short liftS16(int core) {
        return (short) core;
    }

    static int liftU8(int core) {
        return core & 0xff;
    }

    static int liftU16(int core) {
        return core & 0xffff;
    }

    static int liftChar(int core, String function) {
        if (core < 0 || core > Character.MAX_CODE_POINT || (core >= 0xd800 && core <= 0xdfff)) {
            throw new Trap(
                    TrapCode.BAD_VALUE,
                    function + " returned a char that is no Unicode scalar value: 0x" + Integer.toHexString(core),
                    List.of(),
                    null);
        }
        return core;
    }

    static Object liftEnum(int core, Object[] constants, String function) {
        if (core < 0 || core >= constants.length) {
            throw new Trap(
                    TrapCode.BAD_VALUE,
                    function + " returned case " + Integer.toUnsignedString(core) + " of an enum of "
                            + constants.length,
                    List.of(),
                    null);
        }
        return constants[core];
    }
}
