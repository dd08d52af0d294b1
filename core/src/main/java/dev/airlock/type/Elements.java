package dev.airlock.type;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The elements of a {@link ListValue}: a primitive array if there is one for the element type, otherwise values. */
final class Elements {
    private final ValType element;
    private final Object held;

    private Elements(ValType element, Object held) {
        this.element = element;
        this.held = held;
    }

    /** Returns elements of values that are known to fit. */
    static Elements of(ListType type, List<? extends Value> values) {
        Class<?> carrier = carrier(type.element());
        if (carrier == null) {
            return new Elements(type.element(), List.copyOf(values));
        }
        Object array = Array.newInstance(carrier, values.size());
        for (int i = 0; i < values.size(); i++) {
            store((PrimitiveValue) values.get(i), array, i);
        }
        return new Elements(type.element(), array);
    }

    /** Returns elements backed by the array itself, or null if its kind does not match the type. */
    static @Nullable Elements ofArray(ListType type, Object array) {
        Class<?> carrier = carrier(type.element());
        return carrier != null && carrier == array.getClass().getComponentType()
                ? new Elements(type.element(), array)
                : null;
    }

    static @Nullable Class<?> carrier(ValType element) {
        if (!(element instanceof PrimitiveType primitive)) {
            return null;
        }
        return switch (primitive) {
            case BOOL -> boolean.class;
            case S8, U8 -> byte.class;
            case S16, U16 -> short.class;
            case S32, U32, CHAR -> int.class;
            case S64, U64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case STRING, ERROR_CONTEXT -> null;
        };
    }

    int size() {
        return held instanceof List<?> values ? values.size() : Array.getLength(held);
    }

    Value get(int index) {
        if (held instanceof List<?> values) {
            return (Value) values.get(index);
        }
        return switch ((PrimitiveType) element) {
            case BOOL -> new PrimitiveValue.Bool(((boolean[]) held)[index]);
            case S8 -> new PrimitiveValue.S8(((byte[]) held)[index]);
            case U8 -> new PrimitiveValue.U8(Byte.toUnsignedInt(((byte[]) held)[index]));
            case S16 -> new PrimitiveValue.S16(((short[]) held)[index]);
            case U16 -> new PrimitiveValue.U16(Short.toUnsignedInt(((short[]) held)[index]));
            case S32 -> new PrimitiveValue.S32(((int[]) held)[index]);
            case U32 -> new PrimitiveValue.U32(((int[]) held)[index]);
            case S64 -> new PrimitiveValue.S64(((long[]) held)[index]);
            case U64 -> new PrimitiveValue.U64(((long[]) held)[index]);
            case F32 -> new PrimitiveValue.F32(((float[]) held)[index]);
            case F64 -> new PrimitiveValue.F64(((double[]) held)[index]);
            case CHAR -> new PrimitiveValue.Char(((int[]) held)[index]);
            case STRING, ERROR_CONTEXT -> throw new IllegalStateException(element.toString());
        };
    }

    @Nullable
    Object array() {
        return held instanceof List<?> ? null : held;
    }

    Elements copy() {
        int size = size();
        Object copy = Array.newInstance(held.getClass().getComponentType(), size);
        System.arraycopy(held, 0, copy, 0, size);
        return new Elements(element, copy);
    }

    boolean sameAs(Elements other) {
        return Objects.deepEquals(held, other.held);
    }

    int hash() {
        return Arrays.deepHashCode(new Object[] {held});
    }

    private static void store(PrimitiveValue value, Object array, int index) {
        switch (value.type()) {
            case BOOL -> ((boolean[]) array)[index] = ((PrimitiveValue.Bool) value).value();
            case S8 -> ((byte[]) array)[index] = ((PrimitiveValue.S8) value).value();
            case U8 -> ((byte[]) array)[index] = (byte) ((PrimitiveValue.U8) value).value();
            case S16 -> ((short[]) array)[index] = ((PrimitiveValue.S16) value).value();
            case U16 -> ((short[]) array)[index] = (short) ((PrimitiveValue.U16) value).value();
            case S32 -> ((int[]) array)[index] = ((PrimitiveValue.S32) value).value();
            case U32 -> ((int[]) array)[index] = ((PrimitiveValue.U32) value).bits();
            case S64 -> ((long[]) array)[index] = ((PrimitiveValue.S64) value).value();
            case U64 -> ((long[]) array)[index] = ((PrimitiveValue.U64) value).bits();
            case F32 -> ((float[]) array)[index] = ((PrimitiveValue.F32) value).value();
            case F64 -> ((double[]) array)[index] = ((PrimitiveValue.F64) value).value();
            case CHAR -> ((int[]) array)[index] = ((PrimitiveValue.Char) value).codePoint();
            case STRING, ERROR_CONTEXT -> throw new IllegalStateException(value.type() + " is not held in arrays");
        }
    }
}
