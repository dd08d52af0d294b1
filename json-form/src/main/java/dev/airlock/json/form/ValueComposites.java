package dev.airlock.json.form;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms of composites without a specific Java type: maps, lists, entries and names represent them. */
final class ValueComposites {
    private ValueComposites() {}

    /**
     * A field of a record.
     *
     * @param label the name in WIT
     * @param name the name in the payload
     * @param mayBeMissing whether a missing member stands for {@code none}
     */
    record Field(String label, String name, Form form, boolean mayBeMissing) {}

    /** A map from the labels to the values, in order. */
    static final class RecordForm extends Form {
        private final Map<String, Field> byName = new LinkedHashMap<>();
        private final boolean refusesUnknown;

        RecordForm(List<Field> fields, boolean refusesUnknown) {
            super("an object");
            fields.forEach(field -> byName.put(field.name, field));
            this.refusesUnknown = refusesUnknown;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.startObject();
            for (Field field : byName.values()) {
                out.name(field.name);
                try {
                    field.form.writeAny(((Map<?, ?>) value).get(field.label), out);
                } catch (Mismatch e) {
                    throw e.within(field.name);
                }
            }
            out.endObject();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.OBJECT);
            var values = new LinkedHashMap<String, @Nullable Object>();
            byName.values().forEach(field -> values.put(field.label, null));
            Set<Field> missing = new LinkedHashSet<>(byName.values());
            while (in.next() != Token.END_OBJECT) {
                String name = in.name();
                Field field = byName.get(name);
                in.next();
                if (field == null) {
                    unknown(name, in);
                    continue;
                }
                if (!missing.remove(field)) {
                    throw new Mismatch("appears twice").within(name);
                }
                try {
                    values.put(field.label, field.form.readAny(in));
                } catch (Mismatch e) {
                    throw e.within(name);
                }
            }
            for (Field field : missing) {
                if (!field.mayBeMissing) {
                    throw new Mismatch("it is missing").within(field.name);
                }
                values.put(field.label, field.form.readNull());
            }
            return values;
        }

        private void unknown(String name, TokenReader in) {
            if (refusesUnknown) {
                throw new Mismatch("there is no such member: " + String.join(", ", byName.keySet()))
                        .within(ScalarForms.TextForm.cut(name));
            }
            int depth = 0;
            for (Token token = in.token(); ; token = in.next()) {
                if (token == Token.OBJECT || token == Token.ARRAY) {
                    depth++;
                } else if (token == Token.END_OBJECT || token == Token.END_ARRAY) {
                    depth--;
                }
                if (depth == 0) {
                    return;
                }
            }
        }
    }

    /** A list of the elements. */
    static final class TupleForm extends Form {
        private final List<Form> elements;

        TupleForm(List<Form> elements) {
            super("an array of " + elements.size());
            this.elements = elements;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.startArray();
            for (int i = 0; i < elements.size(); i++) {
                try {
                    elements.get(i).writeAny(((List<?>) value).get(i), out);
                } catch (Mismatch e) {
                    throw e.within(Integer.toString(i));
                }
            }
            out.endArray();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            var values = new ArrayList<@Nullable Object>();
            for (Form element : elements) {
                if (in.next() == Token.END_ARRAY) {
                    throw mismatch(in);
                }
                try {
                    values.add(element.readAny(in));
                } catch (Mismatch e) {
                    throw e.within(Integer.toString(values.size()));
                }
            }
            if (in.next() != Token.END_ARRAY) {
                throw new Mismatch("expected an array of " + values.size() + ", got a longer one");
            }
            return values;
        }
    }

    /** @param payload the form of the case's value, or null if it has none */
    record Case(String tag, @Nullable Form payload) {}

    /** An entry of the case's label and its value. */
    static final class VariantForm extends Form {
        private final Map<String, Case> byTag;

        VariantForm(List<Case> cases) {
            super("a case, as in \"case\" or {\"case\": …}");
            byTag = cases.stream().collect(Collectors.toMap(Case::tag, c -> c, (a, b) -> a, LinkedHashMap::new));
        }

        private Case named(@Nullable Object tag) {
            Case chosen = byTag.get(String.valueOf(tag));
            if (chosen == null) {
                throw new Mismatch("there is no case \"" + ScalarForms.TextForm.cut(String.valueOf(tag)) + "\": "
                        + String.join(", ", byTag.keySet()));
            }
            return chosen;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            var entry = (Map.Entry<?, ?>) value;
            Case chosen = named(entry.getKey());
            if (chosen.payload == null) {
                out.text(chosen.tag);
                return;
            }
            out.startObject();
            out.name(chosen.tag);
            try {
                chosen.payload.writeAny(entry.getValue(), out);
            } catch (Mismatch e) {
                throw e.within(chosen.tag);
            }
            out.endObject();
        }

        @Override
        protected Object read(TokenReader in) {
            if (in.token() == Token.TEXT) {
                Case chosen = named(in.text());
                if (chosen.payload != null) {
                    throw new Mismatch("the case \"" + chosen.tag + "\" carries a value: {\"" + chosen.tag + "\": …}");
                }
                return entry(chosen, null);
            }
            expect(in, Token.OBJECT);
            if (in.next() != Token.NAME) {
                throw mismatch(in);
            }
            Case chosen = named(in.name());
            if (chosen.payload == null) {
                throw new Mismatch("the case \"" + chosen.tag + "\" carries nothing: \"" + chosen.tag + "\"");
            }
            in.next();
            Object payload;
            try {
                payload = chosen.payload.readAny(in);
            } catch (Mismatch e) {
                throw e.within(chosen.tag);
            }
            if (in.next() != Token.END_OBJECT) {
                throw new Mismatch("there is more in it than the case \"" + chosen.tag + "\"");
            }
            return entry(chosen, payload);
        }

        private static Object entry(Case chosen, @Nullable Object payload) {
            return new AbstractMap.SimpleImmutableEntry<String, @Nullable Object>(chosen.tag, payload);
        }
    }

    /** A label, written as the name of a constant. */
    static final class NameForm extends Form {
        private final String what;
        private final Map<String, String> labels;

        NameForm(String what, List<String> labels) {
            super(what);
            this.what = what;
            this.labels = labels.stream()
                    .collect(Collectors.toMap(Labels::constant, label -> label, (a, b) -> a, LinkedHashMap::new));
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.text(Labels.constant((String) value));
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.TEXT);
            String label = labels.get(in.text());
            if (label == null) {
                throw new Mismatch("there is no such " + what.substring(what.indexOf(' ') + 1) + " \""
                        + ScalarForms.TextForm.cut(in.text()) + "\": " + String.join(", ", labels.keySet()));
            }
            return label;
        }
    }

    /** A set of labels. */
    static final class FlagsForm extends Form {
        private final Form flag;

        FlagsForm(List<String> flags) {
            super("an array of flags");
            flag = new NameForm("a flag", flags);
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            new Containers.ListForm(flag).write(value, out);
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            var flags = (Collection<?>) new Containers.ListForm(flag).read(in);
            Set<Object> set = new LinkedHashSet<>(flags);
            if (set.size() < flags.size()) {
                throw new Mismatch("a flag appears twice");
            }
            return set;
        }
    }
}
