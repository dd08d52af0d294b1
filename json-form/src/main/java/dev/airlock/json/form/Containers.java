package dev.airlock.json.form;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms of types that hold any number of values of one type. */
final class Containers {
    private Containers() {}

    private static void writeElement(Form form, int index, @Nullable Object value, TokenWriter out) {
        try {
            form.writeAny(value, out);
        } catch (Mismatch e) {
            throw e.within(index);
        }
    }

    private static List<@Nullable Object> readElements(Form element, TokenReader in) {
        var values = new ArrayList<@Nullable Object>();
        while (in.next() != Token.END_ARRAY) {
            try {
                values.add(element.readAny(in));
            } catch (Mismatch e) {
                throw e.within(values.size());
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
        protected void write(Object value, TokenWriter out) {
            out.startArray();
            int index = 0;
            for (Object part : (Iterable<?>) value) {
                writeElement(element, index++, part, out);
            }
            out.endArray();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            return readElements(element, in);
        }
    }

    /** A primitive array whose elements are mapped one by one. */
    static final class ArrayForm extends Form {
        private final Form element;
        private final Class<?> component;

        ArrayForm(Form element, Class<?> component) {
            super("an array");
            this.element = element;
            this.component = component;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.startArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                writeElement(element, i, Array.get(value, i), out);
            }
            out.endArray();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            List<@Nullable Object> values = readElements(element, in);
            Object array = Array.newInstance(component, values.size());
            for (int i = 0; i < values.size(); i++) {
                Array.set(array, i, values.get(i));
            }
            return array;
        }
    }

    /** An {@link EnumSet}, as an array of its constants' names. */
    static final class FlagsForm extends Form {
        private final Form flag;
        private final Class<?> type;

        FlagsForm(Form flag, Class<?> type) {
            super("an array of flags");
            this.flag = flag;
            this.type = type;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            new ListForm(flag).write(value, out);
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            List<@Nullable Object> flags = readElements(flag, in);
            EnumSet<?> set = fill(type, flags);
            if (set.size() < flags.size()) {
                throw new Mismatch("a flag appears twice");
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
        protected void write(Object map, TokenWriter out) {
            out.startObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                String name = key.write(entry.getKey());
                out.name(name);
                try {
                    value.writeAny(entry.getValue(), out);
                } catch (Mismatch e) {
                    throw e.within(name);
                }
            }
            out.endObject();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.OBJECT);
            var map = new LinkedHashMap<Object, @Nullable Object>();
            while (in.next() != Token.END_OBJECT) {
                String name = in.name();
                Object found = key.read(name);
                in.next();
                try {
                    map.put(found, value.readAny(in));
                } catch (Mismatch e) {
                    throw e.within(name);
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
        protected void write(Object value, TokenWriter out) {
            Object present = ((Optional<?>) value).orElse(null);
            if (present == null) {
                out.nothing();
            } else {
                payload.write(present, out);
            }
        }

        @Override
        protected Object read(TokenReader in) {
            return Optional.ofNullable(payload.read(in));
        }

        @Override
        public Object readNull() {
            return Optional.empty();
        }
    }

    /** A type of which null is a value. */
    static final class NullableForm extends Form {
        private final Form payload;

        NullableForm(Form payload) {
            super("a value or null");
            this.payload = payload;
        }

        @Override
        public boolean isMappers() {
            return payload.isMappers();
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            payload.write(value, out);
        }

        @Override
        protected @Nullable Object read(TokenReader in) {
            return payload.read(in);
        }

        @Override
        protected void writeNull(TokenWriter out) {
            out.nothing();
        }

        @Override
        public @Nullable Object readNull() {
            return null;
        }
    }
}
