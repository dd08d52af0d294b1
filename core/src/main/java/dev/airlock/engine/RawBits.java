package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.code.LoadedCode;
import dev.airlock.type.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Method handles between carriers and their raw bits in a {@code long}. */
final class RawBits {
    private RawBits() {}

    /** {@code (carrier) -> long}. */
    static MethodHandle toLong(Class<?> carrier) {
        return handle("toLong", MethodType.methodType(long.class, carrier));
    }

    /** {@code (long[]) -> R}: picks the result of a function out of Endive's array. */
    static MethodHandle results(CoreFuncType type) {
        Class<?> carrier = LoadedCode.resultCarrier(type);
        if (carrier == void.class) {
            return handle("none", MethodType.methodType(void.class, long[].class));
        }
        if (carrier == long[].class) {
            return MethodHandles.identity(long[].class);
        }
        String name = carrier.getSimpleName() + "Of";
        return handle(name, MethodType.methodType(carrier, long[].class));
    }

    private static MethodHandle handle(String name, MethodType type) {
        return Handles.own(MethodHandles.lookup(), name, type);
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

    static void none(long[] results) {}

    static int intOf(long[] results) {
        return (int) results[0];
    }

    static long longOf(long[] results) {
        return results[0];
    }

    static float floatOf(long[] results) {
        return Float.intBitsToFloat((int) results[0]);
    }

    static double doubleOf(long[] results) {
        return Double.longBitsToDouble(results[0]);
    }
}
