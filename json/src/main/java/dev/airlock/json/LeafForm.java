package dev.airlock.json;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** What Jackson maps as it maps all else, annotations and all: records, enums, and types that only Jackson knows. */
final class LeafForm extends Form {
    private final Type type;

    private volatile @Nullable JavaType declared;

    /** Belongs to the mapper that the form belongs to. */
    private volatile @Nullable ValueDeserializer<Object> reader;

    LeafForm(Type type) {
        super("a " + (type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName()));
        this.type = type;
    }

    @Override
    void write(Object value, JsonGenerator out, SerializationContext context) {
        JavaType type = declared;
        if (type == null) {
            type = context.getTypeFactory().constructType(this.type);
            declared = type;
        }
        boolean isExact = type.isContainerType()
                || type.isReferenceType()
                || Modifier.isFinal(type.getRawClass().getModifiers());
        (isExact ? context.findTypedValueSerializer(type, true) : dynamic(value, context))
                .serialize(value, out, context);
    }

    private static ValueSerializer<Object> dynamic(Object value, SerializationContext context) {
        return context.findTypedValueSerializer(value.getClass(), true);
    }

    @Override
    @Nullable
    Object read(JsonParser in, DeserializationContext context) {
        return reader(context).deserialize(in, context);
    }

    private ValueDeserializer<Object> reader(DeserializationContext context) {
        ValueDeserializer<Object> known = reader;
        if (known == null) {
            known = context.findRootValueDeserializer(context.getTypeFactory().constructType(type));
            reader = known;
        }
        return known;
    }

    /** JSON's own null is a value of what stands for any JSON. */
    private boolean isAnything() {
        return type == Object.class || (type instanceof Class<?> plain && JsonNode.class.isAssignableFrom(plain));
    }

    @Override
    void writeNull(JsonGenerator out) {
        if (!isAnything()) {
            super.writeNull(out);
        }
        out.writeNull();
    }

    @Override
    @Nullable
    Object readNull() {
        return isAnything() ? null : super.readNull();
    }
}
