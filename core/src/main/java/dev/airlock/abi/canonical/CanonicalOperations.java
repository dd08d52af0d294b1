package dev.airlock.abi.canonical;

import dev.airlock.abi.Scalars;
import dev.airlock.abi.form.Budget;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of canonical steps, shared by the interpreter and by generated code.
 *
 * <p>A wrong value of Java is a {@link ValueException}; a wrong value of the guest is a {@link Trap}.
 */
final class CanonicalOperations {
    /** The most bytes that a list or string may have (Canonical ABI, {@code MAX_LIST_BYTE_LENGTH}). */
    static final int MAX_BYTES = Budget.MAX_BYTES;

    /** {@code (CanonicalContext, old, old size, align, size) -> pointer}. */
    static final MethodType REALLOC =
            MethodType.methodType(int.class, CanonicalContext.class, int.class, int.class, int.class, int.class);

    static final int UTF16_TAG = 1 << 31;

    private CanonicalOperations() {}

    static Trap trap(TrapCode code, String message) {
        return new Trap(code, message, List.of(), null);
    }

    static ValueException tooLong(long bytes, String name) {
        return new ValueException(
                name + ": takes " + bytes + " bytes, and a list or string has " + MAX_BYTES + " at the most");
    }

    static void present(@Nullable Object value, String name) {
        Scalars.notNull(value, name);
    }

    static int length(@Nullable Object[] array, int fixed, String name) {
        if (fixed >= 0 && array.length != fixed) {
            throw new ValueException(
                    name + ": takes " + fixed + (fixed == 1 ? " element" : " elements") + ", got " + array.length);
        }
        return array.length;
    }

    /** Returns a failure with the index of an element in its brackets. */
    static ValueException at(ValueException failure, String path, int index) {
        String message = String.valueOf(failure.getMessage());
        if (!message.startsWith(path)) {
            return failure;
        }
        String place = path.substring(0, path.length() - 1) + index + "]";
        var told = new ValueException(place + message.substring(path.length()), failure.getCause());
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    static void mayLeave(CanonicalContext context, String function) {
        if (!context.mayLeave()) {
            throw trap(
                    TrapCode.CANNOT_LEAVE,
                    "cannot leave component instance: it called " + function
                            + " while it allocated or tidied up for another call");
        }
    }

    static void checkCase(int number, int cases, String what) {
        if (Integer.compareUnsigned(number, cases) >= 0) {
            throw trap(TrapCode.BAD_VALUE, what + " is case " + Integer.toUnsignedString(number) + " of " + cases);
        }
    }

    static float oneNan(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double oneNan(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static void checkArea(LinearMemory memory, int pointer, int size, int align, String what) {
        check(memory, pointer, size, align, what);
    }

    static void check(LinearMemory memory, int pointer, long size, int align, String what) {
        if ((pointer & (align - 1)) != 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "unaligned pointer: " + Integer.toUnsignedString(pointer) + " for what takes alignment " + align
                            + ": " + what);
        }
        if (Integer.toUnsignedLong(pointer) + size > memory.size()) {
            throw trap(
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: offset " + Integer.toUnsignedString(pointer) + ", length " + size
                            + ", but the memory has " + memory.size() + " bytes: " + what);
        }
    }
}
