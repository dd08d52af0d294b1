package dev.airlock.json.form;

import dev.airlock.error.ValueException;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.ValuePath;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** Runs a check of {@code PrimitiveValue}, whose message becomes that of the mismatch. */
    private static <T> T fitting(Supplier<T> checked) {
        try {
            return checked.get();
        } catch (ValueException e) {
            throw new Mismatch(String.valueOf(e.getMessage()));
        }
    }

    private static final class BoolForm extends Form {
        BoolForm() {
            super("true or false");
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.bool((boolean) value);
        }

        @Override
        protected Object read(TokenReader in) {
            if (in.token() != Token.TRUE) {
                expect(in, Token.FALSE);
            }
            return in.token() == Token.TRUE;
        }
    }

    /** An integer or a char. The type determines how the Java number's bits are read: signed or unsigned. */
    static final class WholeForm extends Form {
        private final PrimitiveType type;
        private final Class<?> javaType;

        WholeForm(PrimitiveType type, Class<?> javaType) {
            super(type == PrimitiveType.CHAR ? "the number of a char" : "a whole number");
            this.type = type;
            this.javaType = MethodType.methodType(javaType).unwrap().returnType();
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            if (type == PrimitiveType.U64) {
                out.number(new BigInteger(Long.toUnsignedString((long) value)));
            } else {
                out.number(meant((Number) value));
            }
        }

        /** Returns the number for which the Java number's bits stand. */
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
        protected Object read(TokenReader in) {
            if (in.token() == Token.FRACTION) {
                throw new Mismatch(type + " takes whole numbers");
            }
            expect(in, Token.WHOLE);
            if (!in.isLong()) {
                return bits(in.bigInteger());
            }
            long number = in.longNumber();
            checked(number);
            return bits(number);
        }

        /** Returns the Java number for a number in the payload. */
        Object bits(BigInteger number) {
            if (type == PrimitiveType.CHAR) {
                throw new Mismatch("the number is no code point");
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
                throw new Mismatch("the number is no code point");
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

        /** Parses a map's key. */
        Object parse(String text) {
            if (!text.matches("0|-?[1-9][0-9]{0,19}")) {
                throw new Mismatch("expected a whole number as the key, got \"" + TextForm.cut(text) + "\"");
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
        protected void write(Object value, TokenWriter out) {
            if (type == PrimitiveType.F32) {
                out.number((float) value);
            } else {
                out.number((double) value);
            }
        }

        @Override
        protected Object read(TokenReader in) {
            if (in.token() != Token.WHOLE) {
                expect(in, Token.FRACTION);
            }
            // JSON has no infinity, so an infinite number was too large. A binary format may contain infinity.
            boolean infinite = in.token() == Token.FRACTION && in.isInfinite();
            Object number;
            boolean tooLarge;
            if (type == PrimitiveType.F32) {
                float read = in.floatNumber();
                tooLarge = Float.isInfinite(read);
                number = read;
            } else {
                double read = in.doubleNumber();
                tooLarge = Double.isInfinite(read);
                number = read;
            }
            if (tooLarge && !infinite) {
                throw new Mismatch("the number is too large for " + type);
            }
            return number;
        }
    }

    static final class TextForm extends Form {
        private static final int LONGEST_IN_MESSAGE = 40;

        TextForm() {
            super("a string");
        }

        /** Shortens a guest's text for an error message. */
        static String cut(@Nullable String text) {
            String shown = String.valueOf(text);
            return shown.length() <= LONGEST_IN_MESSAGE ? shown : shown.substring(0, LONGEST_IN_MESSAGE) + "…";
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.text(checked((String) value));
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.TEXT);
            return checked(in.text());
        }

        String checked(String text) {
            fitting(() -> PrimitiveValue.string(text, ValuePath.root()));
            return text;
        }
    }
}
