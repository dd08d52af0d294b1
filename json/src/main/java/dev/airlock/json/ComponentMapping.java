package dev.airlock.json;

import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mismatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Serializers and deserializers by which Jackson maps a record's component through its {@link Form}. */
final class ComponentMapping {
    private ComponentMapping() {}

    static final class Writer extends ValueSerializer<Object> {
        private final Form form;

        Writer(Form form) {
            this.form = form;
        }

        @Override
        public void serialize(@Nullable Object value, JsonGenerator out, SerializationContext context) {
            try {
                form.writeAny(value, new JacksonWriter(out, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }

    /** Refuses null for a component that must not be null. */
    static final class NullRefusal extends ValueSerializer<Object> {
        @Override
        public void serialize(@Nullable Object value, JsonGenerator out, SerializationContext context) {
            throw new JacksonMismatch(
                    new Mismatch("null is not allowed here: only an Optional or a @Nullable component may be missing"));
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        private final Form form;

        Reader(Form form) {
            this.form = form;
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            try {
                return form.readAny(new JacksonReader(in, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            try {
                return form.readNull();
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }
}
