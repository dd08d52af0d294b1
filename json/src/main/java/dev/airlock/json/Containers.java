package dev.airlock.json;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

/** The forms of what holds several values of one type, or none. */
final class Containers {
    private Containers() {}

    private static void writeElement(
            Form form,
            Object list,
            int index,
            @Nullable Object value,
            JsonGenerator out,
            SerializationContext context) {
        try {
            form.writeAny(value, out, context);
        } catch (JacksonException e) {
            throw e.prependPath(list, index);
        }
    }

    private static List<@Nullable Object> readElements(Form element, JsonParser in, DeserializationContext context) {
        var values = new ArrayList<@Nullable Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            try {
                values.add(element.readAny(in, context));
            } catch (JacksonException e) {
                throw e.prependPath(values, values.size());
            }
        }
        return values;
    }

    static final class ListForm extends Form {
        private final Form element;

        ListForm(Form element) {
            super("an array");
            this.element = element;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            int index = 0;
            for (Object part : (Iterable<?>) value) {
                writeElement(element, value, index++, part, out, context);
            }
            out.writeEndArray();
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.START_ARRAY);
            return readElements(element, in, context);
        }
    }

    /** A primitive array whose elements need a look each. */
    static final class ArrayForm extends Form {
        private final Form element;
        private final Class<?> component;

        ArrayForm(Form element, Class<?> component) {
            super("an array");
            this.element = element;
            this.component = component;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                writeElement(element, value, i, Array.get(value, i), out, context);
            }
            out.writeEndArray();
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.START_ARRAY);
            List<@Nullable Object> values = readElements(element, in, context);
            Object array = Array.newInstance(component, values.size());
            for (int i = 0; i < values.size(); i++) {
                Array.set(array, i, values.get(i));
            }
            return array;
        }
    }

    /** An {@link EnumSet}: the names of what is in it. */
    static final class FlagsForm extends Form {
        private final Form flag;
        private final Class<?> type;

        FlagsForm(Form flag, Class<?> type) {
            super("an array of flags");
            this.flag = flag;
            this.type = type;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            new ListForm(flag).write(value, out, context);
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.START_ARRAY);
            List<@Nullable Object> flags = readElements(flag, in, context);
            EnumSet<?> set = fill(type, flags);
            if (set.size() < flags.size()) {
                throw new Misfit("a flag stands there twice");
            }
            return set;
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // the form of a flag reads constants of this enum
        private static EnumSet<?> fill(Class<?> type, List<@Nullable Object> flags) {
            EnumSet set = EnumSet.noneOf((Class) type);
            set.addAll(flags);
            return set;
        }
    }

    static final class MapForm extends Form {
        private final KeyForm key;
        private final Form value;

        MapForm(KeyForm key, Form value) {
            super("an object");
            this.key = key;
            this.value = value;
        }

        @Override
        void write(Object map, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                String name = key.write(entry.getKey());
                out.writeName(name);
                try {
                    value.writeAny(entry.getValue(), out, context);
                } catch (JacksonException e) {
                    throw e.prependPath(map, name);
                }
            }
            out.writeEndObject();
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.START_OBJECT);
            var map = new LinkedHashMap<Object, @Nullable Object>();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                Object found = key.read(name);
                in.nextToken();
                try {
                    map.put(found, value.readAny(in, context));
                } catch (JacksonException e) {
                    throw e.prependPath(map, name);
                }
            }
            return map;
        }
    }

    static final class OptionalForm extends Form {
        private final Form payload;

        OptionalForm(Form payload) {
            super("a value or null");
            this.payload = payload;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            Object present = ((Optional<?>) value).orElse(null);
            if (present == null) {
                out.writeNull();
            } else {
                payload.write(present, out, context);
            }
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            return Optional.ofNullable(payload.read(in, context));
        }

        @Override
        Object readNull() {
            return Optional.empty();
        }
    }

    /** Where null is a value of its own. */
    static final class NullableForm extends Form {
        private final Form payload;

        NullableForm(Form payload) {
            super("a value or null");
            this.payload = payload;
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            payload.write(value, out, context);
        }

        @Override
        @Nullable
        Object read(JsonParser in, DeserializationContext context) {
            return payload.read(in, context);
        }

        @Override
        void writeNull(JsonGenerator out) {
            out.writeNull();
        }

        @Override
        @Nullable
        Object readNull() {
            return null;
        }
    }
}
