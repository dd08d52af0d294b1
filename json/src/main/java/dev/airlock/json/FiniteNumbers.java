package dev.airlock.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDecorator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Refuses NaN and infinities, which JSON cannot express: Jackson writes them as strings, which a guest would misread. */
final class FiniteNumbers implements JsonGeneratorDecorator {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonGenerator decorate(TokenStreamFactory factory, JsonGenerator generator) {
        return new Checked(generator);
    }

    private static final class Checked extends JsonGeneratorDelegate {
        Checked(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public JsonGenerator writeNumber(double value) {
            check(value);
            return super.writeNumber(value);
        }

        @Override
        public JsonGenerator writeNumber(float value) {
            check(value);
            return super.writeNumber(value);
        }

        @Override
        public JsonGenerator writeArray(double[] array, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                check(array[i]);
            }
            return super.writeArray(array, offset, length);
        }

        private void check(double value) {
            if (!Double.isFinite(value)) {
                throw new StreamWriteException(this, "JSON has no number " + value);
            }
        }
    }
}
