package dev.airlock.abi;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts Java numbers to core numbers and back, and checks their ranges. A number that is out of range is refused,
 * never truncated.
 */
public final class Scalars {
    private Scalars() {}

    /**
     * Returns the type that generated code may name: {@code Object} for a type that only a user's class loader knows.
     */
    public static Class<?> erase(Class<?> type) {
        return type.isPrimitive() || (type.isArray() && type.getComponentType().isPrimitive()) || type == String.class
                ? type
                : Object.class;
    }

    public static <T> T notNull(@Nullable T value, String name) {
        if (value == null) {
            throw new ValueException(name + ": null, where a value is needed");
        }
        return value;
    }

    public static int lowerBool(boolean value) {
        return value ? 1 : 0;
    }

    public static int lowerU8(int value, String name) {
        if ((value & ~0xff) != 0) {
            throw new ValueException(name + ": u8 takes 0..255, got " + value);
        }
        return value;
    }

    public static int lowerU16(int value, String name) {
        if ((value & ~0xffff) != 0) {
            throw new ValueException(name + ": u16 takes 0..65535, got " + value);
        }
        return value;
    }

    public static int lowerChar(int value, String name) {
        if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
            throw new ValueException(
                    name + ": char takes a Unicode scalar value, got " + String.format("U+%04X", value));
        }
        return value;
    }

    public static int lowerEnum(@Nullable Object value, String name) {
        return ((Enum<?>) notNull(value, name)).ordinal();
    }

    public static boolean liftBool(int core) {
        return core != 0;
    }

    public static byte liftS8(int core) {
        return (byte) core;
    }

    public static short liftS16(int core) {
        return (short) core;
    }

    public static int liftU8(int core) {
        return core & 0xff;
    }

    public static int liftU16(int core) {
        return core & 0xffff;
    }

    public static int liftChar(int core, String function) {
        if (core < 0 || core > Character.MAX_CODE_POINT || (core >= 0xd800 && core <= 0xdfff)) {
            throw new Trap(
                    TrapCode.BAD_VALUE,
                    function + " returned a char that is not a Unicode scalar value: 0x" + Integer.toHexString(core),
                    List.of(),
                    null);
        }
        return core;
    }

    public static Object liftEnum(int core, Object[] constants, String function) {
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
