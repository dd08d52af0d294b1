package dev.airlock.json;

import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mismatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** A whole payload: wraps a value with its form, since Jackson selects a mapping by Java type. */
record Rooted(Form form, @Nullable Object value) {
    static JacksonModule module(JacksonMapping mapping) {
        return new Module(mapping);
    }

    private static final class Module extends SimpleModule {
        private static final long serialVersionUID = 1L;

        private final transient JacksonMapping mapping;

        Module(JacksonMapping mapping) {
            super("airlock");
            this.mapping = mapping;
            addSerializer(Rooted.class, new Writer());
            addDeserializer(Rooted.class, new Reader());
        }

        /** Appends the introspector after Jackson's, so that Jackson's annotations take precedence. */
        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.appendAnnotationIntrospector(new Components(mapping));
        }
    }

    private static final class Writer extends ValueSerializer<Rooted> {
        @Override
        public void serialize(Rooted root, JsonGenerator out, SerializationContext context) {
            try {
                root.form.writeAny(root.value, new JacksonWriter(out, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }

    /** Reads a payload by the form in the context's attributes. */
    private static final class Reader extends ValueDeserializer<Rooted> {
        private static Form form(DeserializationContext context) {
            return (Form) context.getAttribute(Form.class);
        }

        @Override
        public Rooted deserialize(JsonParser in, DeserializationContext context) {
            try {
                return new Rooted(form(context), form(context).readAny(new JacksonReader(in, context)));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }

        @Override
        public Rooted getNullValue(DeserializationContext context) {
            try {
                return new Rooted(form(context), form(context).readNull());
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }
}
