package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mismatch;
import org.jspecify.annotations.Nullable;

/** Wraps a whole payload for Jackson, which knows only a type, not a form. */
record Rooted(Form form, @Nullable Object value) {
    static com.fasterxml.jackson.databind.Module module(JacksonMapping mapping) {
        return new Forms(mapping);
    }

    private static final class Forms extends SimpleModule {
        private static final long serialVersionUID = 1L;

        private final transient JacksonMapping mapping;

        Forms(JacksonMapping mapping) {
            super("airlock", Version.unknownVersion());
            this.mapping = mapping;
            addSerializer(Rooted.class, new Writer());
            addDeserializer(Rooted.class, new Reader());
        }

        /** Jackson's annotations take precedence. */
        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.appendAnnotationIntrospector(new Components(mapping));
        }
    }

    private static final class Writer extends JsonSerializer<Rooted> {
        @Override
        public void serialize(Rooted root, JsonGenerator out, SerializerProvider context) throws JsonMappingException {
            try {
                root.form.writeAny(root.value, new JacksonWriter(out, context));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }

    /** Gets the form from an attribute. */
    private static final class Reader extends JsonDeserializer<Rooted> {
        private static Form form(DeserializationContext context) {
            return (Form) context.getAttribute(Form.class);
        }

        @Override
        public Rooted deserialize(JsonParser in, DeserializationContext context) throws JsonMappingException {
            try {
                return new Rooted(form(context), form(context).readAny(new JacksonReader(in, context)));
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }

        @Override
        public Rooted getNullValue(DeserializationContext context) throws JsonMappingException {
            try {
                return new Rooted(form(context), form(context).readNull());
            } catch (Mismatch e) {
                throw new JacksonMismatch(e);
            }
        }
    }
}
