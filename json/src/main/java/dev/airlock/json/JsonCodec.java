package dev.airlock.json;

import dev.airlock.abi.PayloadCodec;
import dev.airlock.error.ValueException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON by Jackson.
 *
 * <p>Reading is strict: a component that is missing, one that is not known, null for a primitive, a number that does not
 * fit, a string where a number should be and anything behind the value are all refused, with the path to the place.
 */
public final class JsonCodec implements PayloadCodec {
    private final JsonMapper mapper;

    /** The codec that is found by itself. */
    public JsonCodec() {
        this(strict());
    }

    /** A codec with a mapper of your own: its modules, its names, its strictness. */
    public JsonCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The mapper's settings, to build upon. */
    public static JsonMapper strict() {
        return JsonMapper.builder(
                        JsonFactory.builder().addDecorator(new FiniteNumbers()).build())
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new StrictComponents()))
                .build();
    }

    @Override
    public String format() {
        return "JSON";
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        return fitting(() -> mapper.writerFor(mapper.constructType(type)).writeValueAsBytes(value));
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        return fitting(() -> mapper.readValue(bytes, mapper.constructType(type)));
    }

    /**
     * Has Jackson do something, for codecs of other formats that map values by it, too.
     *
     * @throws ValueException for what Jackson refuses, with the path to the place
     */
    public static <T> T fitting(Supplier<T> mapping) {
        try {
            return mapping.get();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    private static ValueException failure(JacksonException e) {
        return new ValueException(path(e.getPath()) + e.getOriginalMessage() + place(e), e);
    }

    /** {@code "order.items[3].qty: "}. */
    private static String path(List<JacksonException.Reference> references) {
        var path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? "" : path.append(": ").toString();
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null || location.getByteOffset() < 0 ? "" : ", at byte " + location.getByteOffset();
    }
}
