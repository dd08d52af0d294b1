package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Between carriers and their raw bits in a {@code long}: an i32 has its sign in the upper half, a float its bits. */
final class RawBits {
    private RawBits() {}

    /** {@code (carrier) -> long}. */
    static MethodHandle toLong(Class<?> carrier) {
        return Handles.own(MethodHandles.lookup(), "toLong", MethodType.methodType(long.class, carrier));
    }

    static long toLong(int value) {
        return value;
    }

    static long toLong(long value) {
        return value;
    }

    static long toLong(float value) {
        return Float.floatToRawIntBits(value);
    }

    static long toLong(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Turns the value on the stack into its bits. */
    static void toLong(MethodVisitor code, Class<?> carrier) {
        if (carrier == int.class) {
            code.visitInsn(Opcodes.I2L);
        } else if (carrier == float.class) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
            code.visitInsn(Opcodes.I2L);
        } else if (carrier == double.class) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
        }
    }

    /** Turns the bits on the stack into their value. */
    static void fromLong(MethodVisitor code, Class<?> carrier) {
        if (carrier == int.class) {
            code.visitInsn(Opcodes.L2I);
        } else if (carrier == float.class) {
            code.visitInsn(Opcodes.L2I);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
        } else if (carrier == double.class) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        }
    }
}
