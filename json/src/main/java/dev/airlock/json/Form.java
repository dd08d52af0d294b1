package dev.airlock.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

/** How the values of one Java type are written and read, strict both ways. {@link Forms} makes them. */
abstract class Form {
    private final String wanted;

    /** @param wanted what is expected, for errors: {@code "an array"} */
    Form(String wanted) {
        this.wanted = wanted;
    }

    /** Writes a value that is not null. */
    abstract void write(Object value, JsonGenerator out, SerializationContext context);

    /** Reads a value that is not null, from the token at which the parser is, up to its own last token. */
    abstract @Nullable Object read(JsonParser in, DeserializationContext context);

    /** What null in Java is written as; refused unless null is a value of the type. */
    void writeNull(JsonGenerator out) {
        throw new Misfit("null, where " + wanted + " is wanted");
    }

    /** What null in the payload stands for; refused unless it stands for something. */
    @Nullable
    Object readNull() {
        throw new Misfit("null, where " + wanted + " is wanted");
    }

    final void writeAny(@Nullable Object value, JsonGenerator out, SerializationContext context) {
        if (value == null) {
            writeNull(out);
        } else {
            write(value, out, context);
        }
    }

    final @Nullable Object readAny(JsonParser in, DeserializationContext context) {
        return in.currentToken() == JsonToken.VALUE_NULL ? readNull() : read(in, context);
    }

    /** Goes on only from such a token. */
    final void expect(JsonParser in, JsonToken token) {
        if (in.currentToken() != token) {
            throw mismatch(in);
        }
    }

    final Misfit mismatch(JsonParser in) {
        return new Misfit(wanted + " is wanted, got " + kind(in.currentToken()));
    }

    private static String kind(@Nullable JsonToken token) {
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_ARRAY, END_ARRAY -> "an array";
                    case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "true or false";
                    case VALUE_NULL -> "null";
                    case VALUE_EMBEDDED_OBJECT -> "bytes";
                    case NOT_AVAILABLE -> "nothing";
                };
    }
}
