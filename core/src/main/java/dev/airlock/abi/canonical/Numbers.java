package dev.airlock.abi.canonical;

import dev.airlock.abi.StepCode;
import org.objectweb.asm.Opcodes;

/** Numbers of one core type in another that carries them: the bits of floats, the lower half of an i64. */
final class Numbers {
    private Numbers() {}

    /** Converts the number on the stack. */
    static void convert(Class<?> from, Class<?> to, StepCode code) {
        if (from == to) {
            return;
        }
        Class<?> at = from;
        if (at == float.class) {
            code.call(Float.class, "floatToRawIntBits", int.class, float.class);
            at = int.class;
        } else if (at == double.class) {
            code.call(Double.class, "doubleToRawLongBits", long.class, double.class);
            at = long.class;
        }
        if (at == int.class && to == long.class) {
            code.asm().visitInsn(Opcodes.I2L);
            code.asm().visitLdcInsn(0xffff_ffffL);
            code.asm().visitInsn(Opcodes.LAND);
        } else if (at == long.class && (to == int.class || to == float.class)) {
            code.asm().visitInsn(Opcodes.L2I);
        }
        if (to == float.class) {
            code.call(Float.class, "intBitsToFloat", float.class, int.class);
        } else if (to == double.class) {
            code.call(Double.class, "longBitsToDouble", double.class, long.class);
        }
    }

    static Object convert(Object from, Class<?> to) {
        long bits = from instanceof Float number
                ? Integer.toUnsignedLong(Float.floatToRawIntBits(number))
                : from instanceof Double number
                        ? Double.doubleToRawLongBits(number)
                        : from instanceof Integer number ? Integer.toUnsignedLong(number) : (long) from;
        if (to == long.class) {
            return bits;
        } else if (to == double.class) {
            return Double.longBitsToDouble(bits);
        }
        return to == float.class ? (Object) Float.intBitsToFloat((int) bits) : (Object) (int) bits;
    }
}
