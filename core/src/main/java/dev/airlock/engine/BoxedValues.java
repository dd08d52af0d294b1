package dev.airlock.engine;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.gc.ArrayObject;
import dev.airlock.engine.gc.StructObject;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.References;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.SignatureException;
import dev.airlock.error.WasmException;
import dev.airlock.type.V128;
import org.jspecify.annotations.Nullable;

/**
 * Values of guests as Java objects, and back (core specification, section 4.2.3): numbers in their boxes, vectors as {@link V128},
 * references as {@link Func}, {@link Ref}, {@link WasmException}, or the host's own object. What a host gives is checked against
 * the type that the guest was promised.
 */
final class BoxedValues {
    private BoxedValues() {}

    static boolean isReference(FieldType type) {
        return ValueTypes.isReference(type.code());
    }

    static boolean isVector(FieldType type) {
        return type.code() == ValueTypes.V128;
    }

    /** Returns a reference as the host sees it. */
    static @Nullable Object toHost(@Nullable Object raw, FieldType type) {
        if (raw instanceof StructObject struct) {
            return new StructRef(struct);
        } else if (raw instanceof ArrayObject array) {
            return new ArrayRef(array);
        } else if (raw instanceof dev.airlock.engine.gc.I31 integer) {
            return I31.of(integer.value);
        } else if (raw instanceof FuncRef function) {
            return Func.of(function);
        }
        return raw == null || !isAny(type) ? raw : ExternRef.of(raw);
    }

    /** Whether a type belongs to the hierarchy of {@code any}. */
    private static boolean isAny(FieldType type) {
        if (type.defined() != null) {
            return type.defined().kind() != DefinedType.Kind.FUNC;
        }
        return switch (ValueTypes.heapType(type.code())) {
            case ValueTypes.HEAP_FUNC,
                    ValueTypes.HEAP_NOFUNC,
                    ValueTypes.HEAP_EXTERN,
                    ValueTypes.HEAP_NOEXTERN,
                    ValueTypes.HEAP_EXN,
                    ValueTypes.HEAP_NOEXN -> false;
            default -> true;
        };
    }

    /**
     * Returns a reference as guests see it.
     *
     * @param place what it is, for errors
     * @throws SignatureException if it is no value of the type
     */
    static @Nullable Object toGuest(@Nullable Object value, FieldType type, String place) {
        if (value == null) {
            if (!ValueTypes.isNullable(type.code())) {
                throw wrong(null, type, place);
            }
            return null;
        }
        Object raw = raw(value, type);
        boolean fits = raw != null
                && (type.defined() == null
                        ? References.test(raw, ValueTypes.heapType(type.code()) & 0x7F)
                        : References.test(raw, type.defined()));
        if (!fits) {
            throw wrong(value, type, place);
        }
        return raw;
    }

    /** Returns what a guest gets for an object; null if its hierarchy has no such thing. */
    private static @Nullable Object raw(Object value, FieldType type) {
        if (isAny(type)) {
            return value instanceof Ref reference ? reference.raw() : null;
        }
        if (type.defined() != null || isOneOf(type, ValueTypes.HEAP_FUNC, ValueTypes.HEAP_NOFUNC)) {
            return value instanceof Func function ? function.reference() : null;
        }
        if (isOneOf(type, ValueTypes.HEAP_EXN, ValueTypes.HEAP_NOEXN)) {
            return value instanceof dev.airlock.engine.runtime.WasmException ? value : null;
        }
        return value instanceof Ref reference ? reference.raw() : value;
    }

    private static boolean isOneOf(FieldType type, int heapType, int bottom) {
        int own = ValueTypes.heapType(type.code());
        return own == heapType || own == bottom;
    }

    private static SignatureException wrong(@Nullable Object value, FieldType type, String place) {
        String given = value == null ? "null" : value instanceof Ref ? value.toString() : nameOf(value);
        FieldType expected = new FieldType(type.code(), type.defined(), false);
        return new SignatureException(place + " has to be " + ApiTypes.stored(expected) + ", not " + given);
    }

    private static String nameOf(Object value) {
        String name = value.getClass().getSimpleName();
        return name.isEmpty() ? value.getClass().getName() : name;
    }

    /**
     * Returns the raw bits of a number, or of a vector's low half.
     *
     * @throws SignatureException if it is no value of the type
     */
    static long low(@Nullable Object value, FieldType type, String place) {
        switch (type.code()) {
            case ValueTypes.I32, ValueTypes.I8, ValueTypes.I16 -> {
                if (value instanceof Integer number) {
                    return number;
                }
            }
            case ValueTypes.I64 -> {
                if (value instanceof Long number) {
                    return number;
                }
            }
            case ValueTypes.F32 -> {
                if (value instanceof Float number) {
                    return Float.floatToRawIntBits(number);
                }
            }
            case ValueTypes.F64 -> {
                if (value instanceof Double number) {
                    return Double.doubleToRawLongBits(number);
                }
            }
            case ValueTypes.V128 -> {
                if (value instanceof V128 vector) {
                    return vector.low();
                }
            }
            default -> throw new IllegalArgumentException("no number: " + type);
        }
        throw wrong(value, type, place);
    }

    /** Returns the high half of a vector, whose low half was taken. */
    static long high(@Nullable Object value) {
        if (value instanceof V128 vector) {
            return vector.high();
        }
        throw new IllegalArgumentException("no vector: " + value);
    }

    /** Returns a number or vector from its raw bits. */
    static Object box(FieldType type, long low, long high) {
        return switch (type.code()) {
            case ValueTypes.I64 -> low;
            case ValueTypes.F32 -> Float.intBitsToFloat((int) low);
            case ValueTypes.F64 -> Double.longBitsToDouble(low);
            case ValueTypes.V128 -> new V128(low, high);
            default -> (int) low;
        };
    }
}
