package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mismatch;
import org.jspecify.annotations.Nullable;

/** Gives Jackson a form for the mapping of a record's component. */
final class ComponentMapping {
    private ComponentMapping() {}

    static final class Writer extends JsonSerializer<Object> {
        private final Form form;

        Writer(Form form) {
            this.form = form;
        }

        @Override
        public void serialize(@Nullable Object value, JsonGenerator out, SerializerProvider context)
                throws JsonMappingException {
            try {
                form.writeAny(value, new JacksonWriter(out, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }

    /** For a component that may not be null. */
    static final class NullRefusal extends JsonSerializer<Object> {
        @Override
        public void serialize(@Nullable Object value, JsonGenerator out, SerializerProvider context)
                throws JsonMappingException {
            throw new JacksonMismatch(
                    new Mismatch("null is not allowed here: only an Optional or a @Nullable component may be missing"));
        }
    }

    static final class Reader extends JsonDeserializer<Object> {
        private final Form form;

        Reader(Form form) {
            this.form = form;
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) throws JsonMappingException {
            try {
                return form.readAny(new JacksonReader(in, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
            try {
                return form.readNull();
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }
}
