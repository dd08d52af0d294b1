package dev.airlock.json;

import dev.airlock.json.form.Token;
import dev.airlock.json.form.TokenReader;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonParser.NumberTypeFP;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;

/** Lets forms read from Jackson's parser. */
record JacksonReader(JsonParser parser, DeserializationContext context) implements TokenReader {
    private static <T extends @Nullable Object> T reading(Supplier<T> part) {
        try {
            return part.get();
        } catch (JacksonException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    @Override
    public Token token() {
        return token(parser.currentToken());
    }

    @Override
    public Token next() {
        return token(reading(parser::nextToken));
    }

    private static Token token(@Nullable JsonToken token) {
        return token == null
                ? Token.END
                : switch (token) {
                    case START_ARRAY -> Token.ARRAY;
                    case END_ARRAY -> Token.END_ARRAY;
                    case START_OBJECT -> Token.OBJECT;
                    case END_OBJECT -> Token.END_OBJECT;
                    case PROPERTY_NAME -> Token.NAME;
                    case VALUE_STRING -> Token.TEXT;
                    case VALUE_NUMBER_INT -> Token.WHOLE;
                    case VALUE_NUMBER_FLOAT -> Token.FRACTION;
                    case VALUE_TRUE -> Token.TRUE;
                    case VALUE_FALSE -> Token.FALSE;
                    case VALUE_NULL -> Token.NULL;
                    case VALUE_EMBEDDED_OBJECT -> Token.BYTES;
                    case NOT_AVAILABLE -> Token.END;
                };
    }

    @Override
    public String name() {
        return reading(parser::currentName);
    }

    @Override
    public String text() {
        return reading(parser::getString);
    }

    @Override
    public boolean isLong() {
        NumberType type = reading(parser::getNumberType);
        return type == NumberType.INT || type == NumberType.LONG;
    }

    @Override
    public long longNumber() {
        return reading(parser::getLongValue);
    }

    @Override
    public BigInteger bigInteger() {
        return reading(parser::getBigIntegerValue);
    }

    @Override
    public float floatNumber() {
        return reading(parser::getFloatValue);
    }

    @Override
    public double doubleNumber() {
        return reading(parser::getDoubleValue);
    }

    @Override
    public boolean isInfinite() {
        return reading(parser::getNumberTypeFP) != NumberTypeFP.UNKNOWN && Double.isInfinite(doubleNumber());
    }
}
