package dev.airlock.binding;

import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.mapping.BlockForm;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.StreamType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What carries a value of a WIT type, and the Java object that it is on its way. */
final class DynamicValues {
    private DynamicValues() {}

    /**
     * What carries a type.
     *
     * @param forCodec what a codec gets as the type
     * @param where whose type it is, for errors
     */
    static Carrier carrier(ValType type, Type forCodec, String where) {
        check(type, where);
        if (type instanceof EnumType) {
            return new Carrier.Scalar(ScalarForm.U32, int.class);
        }
        if (type instanceof PrimitiveType primitive && primitive != PrimitiveType.STRING) {
            ScalarForm form = scalar(primitive);
            return new Carrier.Scalar(form, form.javaType());
        }
        BlockForm form = BlockForm.of(type);
        return new Carrier.Block(form, form.javaType(), forCodec);
    }

    private static void check(ValType type, String where) {
        if (type instanceof OwnType
                || type instanceof BorrowType
                || type instanceof FutureType
                || type instanceof StreamType
                || type == PrimitiveType.ERROR_CONTEXT) {
            throw new SignatureException(where + ": " + type + " cannot cross: core modules have no "
                    + (type instanceof OwnType || type instanceof BorrowType ? "resources" : "such thing"));
        }
        type.parts().forEach(part -> check(part, where));
    }

    private static ScalarForm scalar(PrimitiveType type) {
        return switch (type) {
            case BOOL -> ScalarForm.BOOL;
            case S8 -> ScalarForm.S8;
            case U8 -> ScalarForm.U8;
            case S16 -> ScalarForm.S16;
            case U16 -> ScalarForm.U16;
            case S32 -> ScalarForm.S32;
            case U32 -> ScalarForm.U32;
            case S64 -> ScalarForm.S64;
            case U64 -> ScalarForm.U64;
            case F32 -> ScalarForm.F32;
            case F64 -> ScalarForm.F64;
            case CHAR -> ScalarForm.CHAR;
            case STRING, ERROR_CONTEXT -> throw new IllegalArgumentException(type + " is no scalar");
        };
    }

    /** A value as the object that its carrier takes: a box, a string, a primitive array, or the value itself. */
    static Object lower(Value value) {
        if (value instanceof PrimitiveValue primitive) {
            return ValueToJava.VISITOR.visitPrimitive(primitive);
        } else if (value instanceof EnumValue enumeration) {
            return enumeration.index();
        }
        boolean isArray = value instanceof ListValue && BlockForm.of(value.type()) != BlockForm.PAYLOAD;
        Object array = isArray ? ((ListValue) value).array() : null;
        return array == null ? value : array;
    }

    /**
     * The value for an object that a carrier gave.
     *
     * @param function whose result it is, for errors
     */
    static Value lift(ValType type, @Nullable Object object, String function) {
        if (object instanceof Value value) {
            return value;
        } else if (object == null) {
            throw new IllegalStateException("a crossing gave null for " + type);
        } else if (type instanceof PrimitiveType primitive) {
            return primitive(primitive, object);
        } else if (type instanceof EnumType enumeration) {
            int index = (int) object;
            if (index < 0 || index >= enumeration.cases().size()) {
                throw new Trap(
                        TrapCode.BAD_VALUE,
                        function + " returned case " + Integer.toUnsignedString(index) + " of an enum of "
                                + enumeration.cases().size(),
                        List.of(),
                        null);
            }
            return new EnumValue(enumeration, index);
        }
        return ListValue.wrap((ListType) type, object, ValuePath.of("the result of " + function));
    }

    private static Value primitive(PrimitiveType type, Object object) {
        return switch (type) {
            case BOOL -> new PrimitiveValue.Bool((boolean) object);
            case S8 -> new PrimitiveValue.S8((byte) object);
            case U8 -> new PrimitiveValue.U8((int) object);
            case S16 -> new PrimitiveValue.S16((short) object);
            case U16 -> new PrimitiveValue.U16((int) object);
            case S32 -> new PrimitiveValue.S32((int) object);
            case U32 -> new PrimitiveValue.U32((int) object);
            case S64 -> new PrimitiveValue.S64((long) object);
            case U64 -> new PrimitiveValue.U64((long) object);
            case F32 -> new PrimitiveValue.F32((float) object);
            case F64 -> new PrimitiveValue.F64((double) object);
            case CHAR -> new PrimitiveValue.Char((int) object);
            case STRING -> new PrimitiveValue.Text((String) object);
            case ERROR_CONTEXT -> throw new IllegalArgumentException(type + " does not cross");
        };
    }
}
