package dev.airlock.type;

import java.math.BigInteger;

/** The ranges of the integer types. */
final class Integers {
    /** More digits than any end of a range has; errors cut longer numbers. */
    private static final int DIGITS_IN_MESSAGE = 40;

    private Integers() {}

    static void check(PrimitiveType type, BigInteger number, ValuePath path) {
        BigInteger least = least(type);
        BigInteger most = most(type);
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            String got = number.bitLength() > 4 * DIGITS_IN_MESSAGE
                    ? "a number of " + number.bitLength() + " bits"
                    : number.toString();
            throw path.refuse(type + " takes " + least + ".." + most + ", got " + got);
        }
    }

    /** Checks a number for the two types whose carrier is wider than the type. */
    static void check(PrimitiveType type, int number) {
        if (number < 0 || number >= 1 << bits(type)) {
            check(type, BigInteger.valueOf(number), ValuePath.root());
        }
    }

    private static BigInteger least(PrimitiveType type) {
        return isSigned(type) ? BigInteger.ONE.shiftLeft(bits(type) - 1).negate() : BigInteger.ZERO;
    }

    private static BigInteger most(PrimitiveType type) {
        return BigInteger.ONE
                .shiftLeft(isSigned(type) ? bits(type) - 1 : bits(type))
                .subtract(BigInteger.ONE);
    }

    private static boolean isSigned(PrimitiveType type) {
        return type.text().startsWith("s");
    }

    private static int bits(PrimitiveType type) {
        return switch (type) {
            case S8, U8 -> 8;
            case S16, U16 -> 16;
            case S32, U32 -> 32;
            case S64, U64 -> 64;
            case BOOL, F32, F64, CHAR, STRING, ERROR_CONTEXT ->
                throw new IllegalArgumentException(type + " is not an integer type");
        };
    }
}
