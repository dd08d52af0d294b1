package dev.airlock.json;

import dev.airlock.json.form.TokenWriter;
import java.math.BigInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** Lets forms write to Jackson's generator. */
record JacksonWriter(JsonGenerator generator, SerializationContext context) implements TokenWriter {
    private static void writing(Runnable part) {
        try {
            part.run();
        } catch (JacksonException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    @Override
    public void startArray() {
        writing(generator::writeStartArray);
    }

    @Override
    public void endArray() {
        writing(generator::writeEndArray);
    }

    @Override
    public void startObject() {
        writing(generator::writeStartObject);
    }

    @Override
    public void endObject() {
        writing(generator::writeEndObject);
    }

    @Override
    public void name(String name) {
        writing(() -> generator.writeName(name));
    }

    @Override
    public void text(String text) {
        writing(() -> generator.writeString(text));
    }

    @Override
    public void number(long number) {
        writing(() -> generator.writeNumber(number));
    }

    @Override
    public void number(BigInteger number) {
        writing(() -> generator.writeNumber(number));
    }

    @Override
    public void number(float number) {
        writing(() -> generator.writeNumber(number));
    }

    @Override
    public void number(double number) {
        writing(() -> generator.writeNumber(number));
    }

    @Override
    public void bool(boolean value) {
        writing(() -> generator.writeBoolean(value));
    }

    @Override
    public void nothing() {
        writing(generator::writeNull);
    }
}
