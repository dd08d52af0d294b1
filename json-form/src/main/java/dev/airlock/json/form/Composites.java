package dev.airlock.json.form;

import dev.airlock.mapping.Result;
import dev.airlock.shape.RecordShape;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The forms of tuples and of sealed interfaces, whose payload names the case. */
final class Composites {
    private Composites() {}

    /** An array of the components, in order. */
    static final class TupleForm extends Form {
        private final List<Form> elements;
        private final List<MethodHandle> accessors;
        private final MethodHandle constructor;

        TupleForm(RecordShape shape, List<Form> elements) {
            super("an array of " + elements.size());
            this.elements = elements;
            this.accessors = shape.accessors();
            this.constructor = shape.constructor();
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            out.startArray();
            for (int i = 0; i < elements.size(); i++) {
                try {
                    elements.get(i).writeAny(Handles.invoke(accessors.get(i), value), out);
                } catch (Mismatch e) {
                    throw e.within(Integer.toString(i));
                }
            }
            out.endArray();
        }

        @Override
        protected Object read(TokenReader in) {
            expect(in, Token.ARRAY);
            @Nullable Object[] values = new @Nullable Object[elements.size()];
            for (int i = 0; i < values.length; i++) {
                if (in.next() == Token.END_ARRAY) {
                    throw mismatch(in);
                }
                try {
                    values[i] = elements.get(i).readAny(in);
                } catch (Mismatch e) {
                    throw e.within(Integer.toString(i));
                }
            }
            if (in.next() != Token.END_ARRAY) {
                throw new Mismatch("expected an array of " + values.length + ", got a longer one");
            }
            return Handles.construct(constructor, values);
        }
    }

    /**
     * A case.
     *
     * @param payload the form of the case's value, or null if it has none
     * @param unwrap takes the value from the case's record
     * @param wrap makes the case's record from the value
     */
    record Case(
            String tag,
            Class<?> javaClass,
            @Nullable Form payload,
            Function<Object, @Nullable Object> unwrap,
            Function<@Nullable Object, Object> wrap) {
        static Case empty(String tag, Class<?> javaClass, MethodHandle constructor) {
            return new Case(tag, javaClass, null, value -> null, nothing -> Handles.construct(constructor));
        }

        static Case wrapping(
                String tag, Class<?> javaClass, Form payload, MethodHandle accessor, MethodHandle constructor) {
            return new Case(
                    tag,
                    javaClass,
                    payload,
                    value -> Handles.invoke(accessor, value),
                    value -> Handles.construct(constructor, value));
        }

        static Case itself(String tag, Class<?> javaClass, Form payload) {
            return new Case(tag, javaClass, payload, UnaryOperator.identity(), value -> {
                if (value == null) {
                    throw new IllegalStateException("the form of a record returned null");
                }
                return value;
            });
        }

        static List<Case> ofResult(@Nullable Form ok, @Nullable Form err) {
            return List.of(
                    new Case("ok", Result.Ok.class, ok, r -> ((Result.Ok<?, ?>) r).value(), Result.Ok::new),
                    new Case("err", Result.Err.class, err, r -> ((Result.Err<?, ?>) r).error(), Result.Err::new));
        }
    }

    /** {@code "point"} for a case without a value, {@code {"circle": 1.5}} for one with a value. */
    static final class TaggedForm extends Form {
        private final Map<String, Case> byTag;
        private final Map<Class<?>, Case> byClass;

        TaggedForm(List<Case> cases) {
            super("a case, as in \"case\" or {\"case\": …}");
            byTag = cases.stream().collect(java.util.stream.Collectors.toMap(Case::tag, c -> c));
            byClass = cases.stream().collect(java.util.stream.Collectors.toMap(Case::javaClass, c -> c));
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            Case chosen = byClass.get(value.getClass());
            if (chosen == null) {
                throw new Mismatch("a " + value.getClass().getName() + " is none of its cases");
            }
            if (chosen.payload == null) {
                out.text(chosen.tag);
                return;
            }
            out.startObject();
            out.name(chosen.tag);
            try {
                chosen.payload.writeAny(chosen.unwrap.apply(value), out);
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
                return chosen.wrap.apply(null);
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
            @Nullable Object payload;
            try {
                payload = chosen.payload.readAny(in);
            } catch (Mismatch e) {
                throw e.within(chosen.tag);
            }
            if (in.next() != Token.END_OBJECT) {
                throw new Mismatch("there is more in it than the case \"" + chosen.tag + "\"");
            }
            return chosen.wrap.apply(payload);
        }

        private Case named(String tag) {
            Case chosen = byTag.get(tag);
            if (chosen == null) {
                throw new Mismatch("there is no case \"" + ScalarForms.TextForm.cut(tag) + "\": "
                        + String.join(", ", new java.util.TreeSet<>(byTag.keySet())));
            }
            return chosen;
        }
    }
}
