package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDecorator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Refuses NaN and infinities, which JSON does not have. Jackson writes them as strings, which a guest would misread. */
final class FiniteNumbers implements JsonGeneratorDecorator {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonGenerator decorate(JsonFactory factory, JsonGenerator generator) {
        return new Checked(generator);
    }

    private static final class Checked extends JsonGeneratorDelegate {
        Checked(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            check(value);
            super.writeNumber(value);
        }

        @Override
        public void writeNumber(float value) throws IOException {
            check(value);
            super.writeNumber(value);
        }

        @Override
        public void writeArray(double[] array, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                check(array[i]);
            }
            super.writeArray(array, offset, length);
        }

        private void check(double value) throws IOException {
            if (!Double.isFinite(value)) {
                throw new JsonGenerationException("JSON has no number " + value, this);
            }
        }
    }
}
