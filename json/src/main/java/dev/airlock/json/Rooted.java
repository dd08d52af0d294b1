package dev.airlock.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** A whole payload, for Jackson, which knows types only where we have forms. */
record Rooted(Form form, @Nullable Object value) {
    static SimpleModule module() {
        return new SimpleModule("airlock")
                .addSerializer(Rooted.class, new Writer())
                .addDeserializer(Rooted.class, new Reader());
    }

    private static final class Writer extends ValueSerializer<Rooted> {
        @Override
        public void serialize(Rooted root, JsonGenerator out, SerializationContext context) {
            root.form.writeAny(root.value, out, context);
        }
    }

    /** Is told the form by an attribute. */
    private static final class Reader extends ValueDeserializer<Rooted> {
        private static Form form(DeserializationContext context) {
            return (Form) context.getAttribute(Form.class);
        }

        @Override
        public Rooted deserialize(JsonParser in, DeserializationContext context) {
            return new Rooted(form(context), form(context).readAny(in, context));
        }

        @Override
        public Rooted getNullValue(DeserializationContext context) {
            return new Rooted(form(context), form(context).readNull());
        }
    }
}
