package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.airlock.json.form.TokenWriter;
import java.io.IOException;
import java.math.BigInteger;

/** Adapts Jackson's generator to the forms. */
record JacksonWriter(JsonGenerator generator, SerializerProvider context) implements TokenWriter {
    private interface Part {
        void write() throws IOException;
    }

    private static void writing(Part part) {
        try {
            part.write();
        } catch (IOException e) {
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
        writing(() -> generator.writeFieldName(name));
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
