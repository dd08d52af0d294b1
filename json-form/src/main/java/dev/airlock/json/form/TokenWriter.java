package dev.airlock.json.form;

import java.math.BigInteger;

/** A payload that is being written. Each method throws a {@link Mismatch} if the format has no such value. */
public interface TokenWriter {
    void startArray();

    void endArray();

    void startObject();

    void endObject();

    /** Writes the name of an object's member; its value must follow. */
    void name(String name);

    void text(String text);

    void number(long number);

    void number(BigInteger number);

    void number(float number);

    void number(double number);

    void bool(boolean value);

    /** Writes null. */
    void nothing();
}
