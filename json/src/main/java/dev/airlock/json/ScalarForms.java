package dev.airlock.json;

import dev.airlock.error.ValueException;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.ValuePath;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberTypeFP;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

/** The forms of numbers, bools, chars and strings. */
final class ScalarForms {
    private ScalarForms() {}

    /** @param javaType a primitive type, or its box */
    static Form of(PrimitiveType type, Class<?> javaType) {
        return switch (type) {
            case BOOL -> new BoolForm();
            case S8, U8, S16, U16, S32, U32, S64, U64, CHAR -> new WholeForm(type, javaType);
            case F32, F64 -> new FloatForm(type);
            case STRING -> new TextForm();
            case ERROR_CONTEXT -> throw new IllegalArgumentException(type + " is no scalar");
        };
    }

    /** In the words of the values' own checks. */
    private static <T> T fitting(Supplier<T> checked) {
        try {
            return checked.get();
        } catch (ValueException e) {
            throw new Misfit(String.valueOf(e.getMessage()));
        }
    }

    private static final class BoolForm extends Form {
        BoolForm() {
            super("true or false");
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            out.writeBoolean((boolean) value);
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            if (in.currentToken() != JsonToken.VALUE_TRUE) {
                expect(in, JsonToken.VALUE_FALSE);
            }
            return in.currentToken() == JsonToken.VALUE_TRUE;
        }
    }

    /** An integer or a char. Its type says what the bits of the Java number mean. */
    static final class WholeForm extends Form {
        private final PrimitiveType type;
        private final Class<?> javaType;

        WholeForm(PrimitiveType type, Class<?> javaType) {
            super(type == PrimitiveType.CHAR ? "the number of a char" : "a whole number");
            this.type = type;
            this.javaType = MethodType.methodType(javaType).unwrap().returnType();
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            if (type == PrimitiveType.U64) {
                out.writeNumber(new BigInteger(Long.toUnsignedString((long) value)));
            } else {
                out.writeNumber(meant((Number) value));
            }
        }

        /** The number that the bits stand for, in range. */
        long meant(Number value) {
            long number = value.longValue();
            if (type == PrimitiveType.U32) {
                return Integer.toUnsignedLong((int) number);
            } else if (type == PrimitiveType.U8 && javaType == byte.class) {
                return Byte.toUnsignedInt((byte) number);
            } else if (type == PrimitiveType.U16 && javaType == short.class) {
                return Short.toUnsignedInt((short) number);
            }
            checked(number);
            return number;
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                throw new Misfit(type + " takes whole numbers");
            }
            expect(in, JsonToken.VALUE_NUMBER_INT);
            return switch (in.getNumberType()) {
                case INT, LONG -> {
                    long number = in.getLongValue();
                    checked(number);
                    yield bits(number);
                }
                case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> bits(in.getBigIntegerValue());
            };
        }

        /** As Java has it. */
        Object bits(BigInteger number) {
            if (type == PrimitiveType.CHAR) {
                throw new Misfit("the number is no code point");
            }
            fitting(() -> PrimitiveValue.integer(type, number, ValuePath.root()));
            return bits(number.longValue());
        }

        private void checked(long number) {
            boolean plain = (type == PrimitiveType.S32 && number == (int) number) || type == PrimitiveType.S64;
            if (plain) {
                return;
            }
            if (type != PrimitiveType.CHAR) {
                fitting(() -> PrimitiveValue.integer(type, number, ValuePath.root()));
            } else if (number == (int) number) {
                fitting(() -> PrimitiveValue.character((int) number, ValuePath.root()));
            } else {
                throw new Misfit("the number is no code point");
            }
        }

        private Object bits(long number) {
            if (javaType == byte.class) {
                return (byte) number;
            } else if (javaType == short.class) {
                return (short) number;
            } else if (javaType == int.class) {
                return (int) number;
            }
            return number;
        }

        /** A map's key, which is text in JSON. */
        Object parse(String text) {
            if (!text.matches("0|-?[1-9][0-9]{0,19}")) {
                throw new Misfit("a whole number is wanted as the key, got \"" + TextForm.cut(text) + "\"");
            }
            BigInteger number = new BigInteger(text);
            if (number.bitLength() > 63) {
                return bits(number);
            }
            checked(number.longValue());
            return bits(number.longValue());
        }
    }

    private static final class FloatForm extends Form {
        private final PrimitiveType type;

        FloatForm(PrimitiveType type) {
            super("a number");
            this.type = type;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            if (type == PrimitiveType.F32) {
                out.writeNumber((float) value);
            } else {
                out.writeNumber((double) value);
            }
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                expect(in, JsonToken.VALUE_NUMBER_FLOAT);
            }
            // Text has no infinity: what became one was too large. A binary format may really have said so.
            boolean binary =
                    in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && in.getNumberTypeFP() != NumberTypeFP.UNKNOWN;
            boolean infinite = binary && Double.isInfinite(in.getDoubleValue());
            Object number;
            boolean tooLarge;
            if (type == PrimitiveType.F32) {
                float read = in.getFloatValue();
                tooLarge = Float.isInfinite(read);
                number = read;
            } else {
                double read = in.getDoubleValue();
                tooLarge = Double.isInfinite(read);
                number = read;
            }
            if (tooLarge && !infinite) {
                throw new Misfit("the number is too large for " + type);
            }
            return number;
        }
    }

    static final class TextForm extends Form {
        private static final int LONGEST_IN_MESSAGE = 40;

        TextForm() {
            super("a string");
        }

        /** What an error may show of a text that a guest has sent. */
        static String cut(@Nullable String text) {
            String shown = String.valueOf(text);
            return shown.length() <= LONGEST_IN_MESSAGE ? shown : shown.substring(0, LONGEST_IN_MESSAGE) + "…";
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            out.writeString(checked((String) value));
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.VALUE_STRING);
            return checked(in.getString());
        }

        String checked(String text) {
            fitting(() -> PrimitiveValue.string(text, ValuePath.root()));
            return text;
        }
    }
}
