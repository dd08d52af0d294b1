package dev.airlock.json.jackson2;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.TokenReader;
import dev.airlock.json.form.TokenWriter;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** The form of types that Jackson maps by itself, with its annotations: records, enums, and types that only Jackson knows. */
final class LeafForm extends Form {
    private final Type type;

    private volatile @Nullable JavaType declared;

    /** Belongs to the same mapper as the form. */
    private volatile @Nullable JsonDeserializer<Object> reader;

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
        } catch (IOException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    private JsonSerializer<Object> serializer(Object value, SerializerProvider context) throws JsonMappingException {
        JavaType type = declared;
        if (type == null) {
            type = context.getTypeFactory().constructType(this.type);
            declared = type;
        }
        boolean isExact = type.isContainerType()
                || type.isReferenceType()
                || Modifier.isFinal(type.getRawClass().getModifiers());
        return isExact
                ? context.findTypedValueSerializer(type, true, null)
                : context.findTypedValueSerializer(value.getClass(), true, null);
    }

    @Override
    protected @Nullable Object read(TokenReader in) {
        var from = (JacksonReader) in;
        try {
            return reader(from.context()).deserialize(from.parser(), from.context());
        } catch (IOException e) {
            throw JacksonMismatch.mismatch(e);
        }
    }

    private JsonDeserializer<Object> reader(DeserializationContext context) throws JsonMappingException {
        JsonDeserializer<Object> known = reader;
        if (known == null) {
            known = context.findRootValueDeserializer(context.getTypeFactory().constructType(type));
            reader = known;
        }
        return known;
    }

    /** For types that stand for any JSON, null is a value. */
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
