package dev.airlock.type;

import java.math.BigInteger;

/** A value of a {@link PrimitiveType}; values of error contexts are {@link HandleValue}s. */
public sealed interface PrimitiveValue extends Value {
    @Override
    PrimitiveType type();

    /** Calls the method of the visitor that stands for this type. */
    <R> R accept(PrimitiveValue.Visitor<R> visitor);

    @Override
    default <R> R accept(Value.Visitor<R> visitor) {
        return visitor.visitPrimitive(this);
    }

    /**
     * An integer of the type.
     *
     * @param type one of s8 to u64
     * @param path for the error, where the number is outside the type's range
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

    /** An integer of the type: see {@link #integer(PrimitiveType, BigInteger, ValuePath)}. */
    static PrimitiveValue integer(PrimitiveType type, long number, ValuePath path) {
        return integer(type, BigInteger.valueOf(number), path);
    }

    /**
     * A char.
     *
     * @param path for the error, where the number is a surrogate or no code point
     */
    static Char character(int codePoint, ValuePath path) {
        UnicodeText.checkScalar(codePoint, path);
        return new Char(codePoint);
    }

    /**
     * A string.
     *
     * @param path for the error, where the text has a lone surrogate
     */
    static Text string(String text, ValuePath path) {
        UnicodeText.check(text, path);
        return new Text(text);
    }

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
     * An integer from 0 to 255.
     *
     * @param value in that range
     */
    record U8(int value) implements PrimitiveValue {
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
     * An integer from 0 to 65,535.
     *
     * @param value in that range
     */
    record U16(int value) implements PrimitiveValue {
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
     * An unsigned integer of 32 bits.
     *
     * @param bits the number as bits, negative above the half of the range; see {@link Integer#toUnsignedString(int)}
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
     * An unsigned integer of 64 bits.
     *
     * @param bits the number as bits, negative above the half of the range; see {@link Long#toUnsignedString(long)}
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
     * A Unicode scalar value.
     *
     * @param codePoint no surrogate
     */
    record Char(int codePoint) implements PrimitiveValue {
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
     * A string.
     *
     * @param value without lone surrogates
     */
    record Text(String value) implements PrimitiveValue {
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

    /** What to do with a primitive, by its type. */
    interface Visitor<R> {
        R visitBool(Bool value);

        R visitS8(S8 value);

        R visitU8(U8 value);

        R visitS16(S16 value);

        R visitU16(U16 value);

        R visitS32(S32 value);

        R visitU32(U32 value);

        R visitS64(S64 value);

        R visitU64(U64 value);

        R visitF32(F32 value);

        R visitF64(F64 value);

        R visitChar(Char value);

        R visitText(Text value);
    }
}
