package dev.airlock.type;

import java.math.BigInteger;

/** A value of a {@link PrimitiveType}; values of error contexts are {@link HandleValue}s. */
public sealed interface PrimitiveValue extends Value {
    @Override
    PrimitiveType type();

    /**
     * Calls the visitor's method for this type.
     *
     * @param visitor the visitor
     * @param <R> the type of its result
     * @return its result
     */
    <R> R accept(PrimitiveValue.Visitor<R> visitor);

    @Override
    default <R> R accept(Value.Visitor<R> visitor) {
        return visitor.visitPrimitive(this);
    }

    /**
     * Returns an integer of a type.
     *
     * @param type one of s8 to u64
     * @param number the number
     * @param path the path to this value, for errors
     * @return the value
     * @throws dev.airlock.error.ValueException if the number is outside the type's range
     */
    static PrimitiveValue integer(PrimitiveType type, BigInteger number, ValuePath path) {
        Integers.check(type, number, path);
        return switch (type) {
            case S8 -> new S8(number.byteValue());
            case U8 -> new U8(number.intValue());
            case S16 -> new S16(number.shortValue());
            case U16 -> new U16(number.intValue());
            case S32 -> new S32(number.intValue());
            case U32 -> new U32(number.intValue());
            case S64 -> new S64(number.longValue());
            case U64 -> new U64(number.longValue());
            case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT -> throw new IllegalArgumentException(type.text());
        };
    }

    /**
     * Returns an integer of a type.
     *
     * @param type one of s8 to u64
     * @param number the number
     * @param path the path to this value, for errors
     * @return the value
     * @throws dev.airlock.error.ValueException if the number is outside the type's range
     */
    static PrimitiveValue integer(PrimitiveType type, long number, ValuePath path) {
        return integer(type, BigInteger.valueOf(number), path);
    }

    /**
     * Returns a char.
     *
     * @param codePoint the code point
     * @param path the path to this value, for errors
     * @return the value
     * @throws dev.airlock.error.ValueException if the number is a surrogate or not a code point
     */
    static Char character(int codePoint, ValuePath path) {
        UnicodeText.checkScalar(codePoint, path);
        return new Char(codePoint);
    }

    /**
     * Returns a string.
     *
     * @param text the text
     * @param path the path to this value, for errors
     * @return the value
     * @throws dev.airlock.error.ValueException if the text has a lone surrogate
     */
    static Text string(String text, ValuePath path) {
        UnicodeText.check(text, path);
        return new Text(text);
    }

    /**
     * A value of {@code bool}.
     *
     * @param value the value
     */
    record Bool(boolean value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.BOOL;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitBool(this);
        }
    }

    /**
     * A value of {@code s8}.
     *
     * @param value the value
     */
    record S8(byte value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.S8;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitS8(this);
        }
    }

    /**
     * A value of {@code u8}.
     *
     * @param value from 0 to 255
     */
    record U8(int value) implements PrimitiveValue {
        /**
         * Checks the range.
         *
         * @param value see the record
         */
        public U8 {
            Integers.check(PrimitiveType.U8, value);
        }

        @Override
        public PrimitiveType type() {
            return PrimitiveType.U8;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitU8(this);
        }
    }

    /**
     * A value of {@code s16}.
     *
     * @param value the value
     */
    record S16(short value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.S16;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitS16(this);
        }
    }

    /**
     * A value of {@code u16}.
     *
     * @param value from 0 to 65,535
     */
    record U16(int value) implements PrimitiveValue {
        /**
         * Checks the range.
         *
         * @param value see the record
         */
        public U16 {
            Integers.check(PrimitiveType.U16, value);
        }

        @Override
        public PrimitiveType type() {
            return PrimitiveType.U16;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitU16(this);
        }
    }

    /**
     * A value of {@code s32}.
     *
     * @param value the value
     */
    record S32(int value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.S32;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitS32(this);
        }
    }

    /**
     * A value of {@code u32}.
     *
     * @param bits the number as bits, negative in the upper half of the range; see {@link
     *     Integer#toUnsignedString(int)}
     */
    record U32(int bits) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.U32;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitU32(this);
        }

        @Override
        public String toString() {
            return "U32[" + Integer.toUnsignedString(bits) + "]";
        }
    }

    /**
     * A value of {@code s64}.
     *
     * @param value the value
     */
    record S64(long value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.S64;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitS64(this);
        }
    }

    /**
     * A value of {@code u64}.
     *
     * @param bits the number as bits, negative in the upper half of the range; see {@link Long#toUnsignedString(long)}
     */
    record U64(long bits) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.U64;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitU64(this);
        }

        @Override
        public String toString() {
            return "U64[" + Long.toUnsignedString(bits) + "]";
        }
    }

    /**
     * A value of {@code f32}.
     *
     * @param value the value
     */
    record F32(float value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.F32;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitF32(this);
        }
    }

    /**
     * A value of {@code f64}.
     *
     * @param value the value
     */
    record F64(double value) implements PrimitiveValue {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.F64;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitF64(this);
        }
    }

    /**
     * A value of {@code char}, a Unicode scalar value.
     *
     * @param codePoint not a surrogate
     */
    record Char(int codePoint) implements PrimitiveValue {
        /**
         * Checks the code point.
         *
         * @param codePoint see the record
         */
        public Char {
            UnicodeText.checkScalar(codePoint, ValuePath.root());
        }

        @Override
        public PrimitiveType type() {
            return PrimitiveType.CHAR;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitChar(this);
        }
    }

    /**
     * A value of {@code string}.
     *
     * @param value without lone surrogates
     */
    record Text(String value) implements PrimitiveValue {
        /**
         * Checks the text.
         *
         * @param value see the record
         */
        public Text {
            UnicodeText.check(value, ValuePath.root());
        }

        @Override
        public PrimitiveType type() {
            return PrimitiveType.STRING;
        }

        @Override
        public <R> R accept(PrimitiveValue.Visitor<R> visitor) {
            return visitor.visitText(this);
        }
    }

    /**
     * Handles a primitive value by its type.
     *
     * @param <R> the type of the result
     */
    interface Visitor<R> {
        /**
         * Visits a bool.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitBool(Bool value);

        /**
         * Visits an s8.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitS8(S8 value);

        /**
         * Visits a u8.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitU8(U8 value);

        /**
         * Visits an s16.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitS16(S16 value);

        /**
         * Visits a u16.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitU16(U16 value);

        /**
         * Visits an s32.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitS32(S32 value);

        /**
         * Visits a u32.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitU32(U32 value);

        /**
         * Visits an s64.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitS64(S64 value);

        /**
         * Visits a u64.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitU64(U64 value);

        /**
         * Visits an f32.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitF32(F32 value);

        /**
         * Visits an f64.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitF64(F64 value);

        /**
         * Visits a char.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitChar(Char value);

        /**
         * Visits a string.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitText(Text value);
    }
}
