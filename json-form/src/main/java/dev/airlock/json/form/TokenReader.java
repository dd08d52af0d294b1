package dev.airlock.json.form;

import java.math.BigInteger;

/** A payload that is being read. Each method throws a {@link Mismatch} if the payload is malformed. */
public interface TokenReader {
    /** Returns the current token. */
    Token token();

    /** Moves to the next token, and returns it. */
    Token next();

    /** Returns the name at a {@link Token#NAME}. */
    String name();

    /** Returns the string at a {@link Token#TEXT}. */
    String text();

    /** Returns whether the number at a {@link Token#WHOLE} fits in a {@code long}. */
    boolean isLong();

    /** Returns the number at a {@link Token#WHOLE} that {@linkplain #isLong fits}. */
    long longNumber();

    /** Returns the number at a {@link Token#WHOLE}. */
    BigInteger bigInteger();

    /** Returns the nearest {@code float} to the current number; infinity if it is too large. */
    float floatNumber();

    /** Returns the nearest {@code double} to the current number; infinity if it is too large. */
    double doubleNumber();

    /** Returns whether the payload contains infinity itself, as a binary format can. */
    boolean isInfinite();
}
