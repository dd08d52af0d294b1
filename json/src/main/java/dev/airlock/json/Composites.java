package dev.airlock.json;

import dev.airlock.shape.RecordShape;
import dev.airlock.shape.Result;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

/** The forms of tuples, and of sealed interfaces, which say which case they are. */
final class Composites {
    private Composites() {}

    private static @Nullable Object invoke(MethodHandle handle, Object argument) {
        try {
            return handle.invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a record's own constructor refuses is said with the place. */
    private static Object construct(MethodHandle handle, @Nullable Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("its constructor refused it: " + e.getMessage());
        }
    }

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
        void write(Object value, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (int i = 0; i < elements.size(); i++) {
                try {
                    elements.get(i).writeAny(invoke(accessors.get(i), value), out, context);
                } catch (JacksonException e) {
                    throw e.prependPath(value, Integer.toString(i));
                }
            }
            out.writeEndArray();
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            expect(in, JsonToken.START_ARRAY);
            @Nullable Object[] values = new @Nullable Object[elements.size()];
            for (int i = 0; i < values.length; i++) {
                if (in.nextToken() == JsonToken.END_ARRAY) {
                    throw mismatch(in);
                }
                try {
                    values[i] = elements.get(i).readAny(in, context);
                } catch (JacksonException e) {
                    throw e.prependPath(values, Integer.toString(i));
                }
            }
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw new Misfit("an array of " + values.length + " is wanted, got a longer one");
            }
            return construct(constructor, values);
        }
    }

    /**
     * A case.
     *
     * @param payload what it carries, or null for nothing
     * @param unwrap from the case's record to that
     * @param wrap and back
     */
    record Case(
            String tag,
            Class<?> javaClass,
            @Nullable Form payload,
            Function<Object, @Nullable Object> unwrap,
            Function<@Nullable Object, Object> wrap) {
        static Case empty(String tag, Class<?> javaClass, MethodHandle constructor) {
            return new Case(tag, javaClass, null, value -> null, nothing -> construct(constructor));
        }

        static Case wrapping(
                String tag, Class<?> javaClass, Form payload, MethodHandle accessor, MethodHandle constructor) {
            return new Case(
                    tag, javaClass, payload, value -> invoke(accessor, value), value -> construct(constructor, value));
        }

        static Case itself(String tag, Class<?> javaClass, Form payload) {
            return new Case(tag, javaClass, payload, UnaryOperator.identity(), value -> {
                if (value == null) {
                    throw new IllegalStateException("the form of a record gave null");
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

    /** {@code "point"} for a case that carries nothing, {@code {"circle": 1.5}} for one that does. */
    static final class TaggedForm extends Form {
        private final Map<String, Case> byTag;
        private final Map<Class<?>, Case> byClass;

        TaggedForm(List<Case> cases) {
            super("a case, as in \"case\" or {\"case\": …},");
            byTag = cases.stream().collect(java.util.stream.Collectors.toMap(Case::tag, c -> c));
            byClass = cases.stream().collect(java.util.stream.Collectors.toMap(Case::javaClass, c -> c));
        }

        @Override
        void write(Object value, JsonGenerator out, SerializationContext context) {
            Case chosen = byClass.get(value.getClass());
            if (chosen == null) {
                throw new Misfit("a " + value.getClass().getName() + " is none of its cases");
            }
            if (chosen.payload == null) {
                out.writeString(chosen.tag);
                return;
            }
            out.writeStartObject();
            out.writeName(chosen.tag);
            try {
                chosen.payload.writeAny(chosen.unwrap.apply(value), out, context);
            } catch (JacksonException e) {
                throw e.prependPath(value, chosen.tag);
            }
            out.writeEndObject();
        }

        @Override
        Object read(JsonParser in, DeserializationContext context) {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                Case chosen = named(in.getString());
                if (chosen.payload != null) {
                    throw new Misfit("the case \"" + chosen.tag + "\" carries a value: {\"" + chosen.tag + "\": …}");
                }
                return chosen.wrap.apply(null);
            }
            expect(in, JsonToken.START_OBJECT);
            if (in.nextToken() != JsonToken.PROPERTY_NAME) {
                throw mismatch(in);
            }
            Case chosen = named(in.currentName());
            if (chosen.payload == null) {
                throw new Misfit("the case \"" + chosen.tag + "\" carries nothing: \"" + chosen.tag + "\"");
            }
            in.nextToken();
            @Nullable Object payload;
            try {
                payload = chosen.payload.readAny(in, context);
            } catch (JacksonException e) {
                throw e.prependPath(chosen, chosen.tag);
            }
            if (in.nextToken() != JsonToken.END_OBJECT) {
                throw new Misfit("there is more in it than the case \"" + chosen.tag + "\"");
            }
            return chosen.wrap.apply(payload);
        }

        private Case named(String tag) {
            Case chosen = byTag.get(tag);
            if (chosen == null) {
                throw new Misfit("there is no case \"" + ScalarForms.TextForm.cut(tag) + "\": "
                        + String.join(", ", new java.util.TreeSet<>(byTag.keySet())));
            }
            return chosen;
        }
    }
}
