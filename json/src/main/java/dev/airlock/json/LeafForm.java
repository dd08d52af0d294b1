package dev.airlock.json;

import dev.airlock.json.form.Form;
import dev.airlock.json.form.TokenReader;
import dev.airlock.json.form.TokenWriter;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** The form of a type that Jackson maps, with its annotations: records, enums, and types that only Jackson knows. */
final class LeafForm extends Form {
    private final Type type;

    private volatile @Nullable JavaType declared;

    /** The deserializer of the mapper to which this form belongs. */
    private volatile @Nullable ValueDeserializer<Object> reader;

    LeafForm(Type type) {
        super("a " + (type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName()));
        this.type = type;
    }

    @Override
    public boolean isMappers() {
        return true;
    }

    @Override
    protected void write(Object value, TokenWriter out) {
        var to = (JacksonWriter) out;
        try {
            serializer(value, to.context()).serialize(value, to.generator(), to.context());
        } catch (JacksonException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    private ValueSerializer<Object> serializer(Object value, SerializationContext context) {
        JavaType type = declared;
        if (type == null) {
            type = context.getTypeFactory().constructType(this.type);
            declared = type;
        }
        boolean isExact = type.isContainerType()
                || type.isReferenceType()
                || Modifier.isFinal(type.getRawClass().getModifiers());
        return isExact
                ? context.findTypedValueSerializer(type, true)
                : context.findTypedValueSerializer(value.getClass(), true);
    }

    @Override
    protected @Nullable Object read(TokenReader in) {
        var from = (JacksonReader) in;
        try {
            return reader(from.context()).deserialize(from.parser(), from.context());
        } catch (JacksonException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    private ValueDeserializer<Object> reader(DeserializationContext context) {
        ValueDeserializer<Object> known = reader;
        if (known == null) {
            known = context.findRootValueDeserializer(context.getTypeFactory().constructType(type));
            reader = known;
        }
        return known;
    }

    /** Returns whether the type stands for any JSON value, so that null is one of its values. */
    private boolean isAnything() {
        return type == Object.class || (type instanceof Class<?> plain && JsonNode.class.isAssignableFrom(plain));
    }

    @Override
    protected void writeNull(TokenWriter out) {
        if (!isAnything()) {
            super.writeNull(out);
        }
        out.nothing();
    }

    @Override
    public @Nullable Object readNull() {
        return isAnything() ? null : super.readNull();
    }
}
