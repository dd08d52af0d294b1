package dev.airlock.json.form;

import java.math.BigInteger;

/** A payload that is being read. Each method throws a {@link Mismatch} if the payload is malformed. */
public interface TokenReader {
    /** The token at which the reader is. */
    Token token();

    /** Goes on to the next token. */
    Token next();

    /** The name, at a {@link Token#NAME}. */
    String name();

    /** The string, at a {@link Token#TEXT}. */
    String text();

    /** Whether the number fits in a {@code long}, at a {@link Token#WHOLE}. */
    boolean isLong();

    /** The number, at a {@link Token#WHOLE} that {@linkplain #isLong fits}. */
    long longNumber();

    /** The number, at a {@link Token#WHOLE}. */
    BigInteger bigInteger();

    /** The nearest number, at a number; infinite if the number is too large. */
    float floatNumber();

    /** The nearest number, at a number; infinite if the number is too large. */
    double doubleNumber();

    /** Whether the payload itself says that the number is infinite, as a binary format can. */
    boolean isInfinite();
}
