package dev.airlock.json;

import dev.airlock.abi.PayloadCodec;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON by Jackson.
 *
 * <p>Reading is strict: a component that is missing, one that is not known, null for a primitive, a number that does not
 * fit, a string where a number should be and anything behind the value are all refused, with the path to the place.
 * Writing is as strict: null where none may be, a number out of the range that {@code @U8} and its kin say, half of a
 * surrogate pair.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>a record</td><td>an object, its names as Java has them or as Jackson's annotations say</td></tr>
 * <tr><td>{@code @U8}, {@code @U16}, {@code @U32}, {@code @U64}</td>
 *     <td>the number without a sign, also where Java has only the bits</td></tr>
 * <tr><td>{@code @Char}</td><td>its code point, a number</td></tr>
 * <tr><td>an enum; an {@code EnumSet}</td><td>{@code "DARK_RED"}; an array of such, each once</td></tr>
 * <tr><td>an {@code Optional}, what is {@code @Nullable}</td><td>null or the value; as a component it may be missing</td></tr>
 * <tr><td>{@code byte[]}; other arrays and lists</td><td>Base64; an array</td></tr>
 * <tr><td>a map</td><td>an object; keys that are numbers in decimal</td></tr>
 * <tr><td>a {@link dev.airlock.shape.Tuple}</td><td>an array</td></tr>
 * <tr><td>a sealed interface of records</td><td>{@code "point"} for {@code record Point()}, {@code {"circle": 1.5}} for
 *     {@code record Circle(double radius)}, {@code {"rounded-box": {"width": 1, "height": 2}}} for
 *     {@code record RoundedBox(int width, int height)}</td></tr>
 * <tr><td>a {@link dev.airlock.shape.Result}</td><td>{@code {"ok": 1}}, {@code {"err": "no"}}, {@code "ok"} for {@code Void}</td></tr>
 * </table>
 *
 * <p>A sealed interface with Jackson's {@code @JsonTypeInfo} has the form that it says. An option of an option is refused
 * when a function is bound.
 */
public final class JsonCodec implements PayloadCodec {
    private final JsonMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ConcurrentMap<Type, Form> forms = new ConcurrentHashMap<>();
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /** The codec that is found by itself. */
    public JsonCodec() {
        this(strict());
    }

    /** A codec with a mapper of your own: its modules, its names, its strictness. */
    public JsonCodec(JsonMapper mapper) {
        this.mapper = mapper.rebuild().addModule(Rooted.module()).build();
        this.writer = this.mapper.writerFor(Rooted.class);
        this.reader = this.mapper.readerFor(Rooted.class);
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
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
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
    public void check(Type type) {
        check(type, format(), true);
    }

    /**
     * For codecs of other formats that map values by this one.
     *
     * @param numbersAsKeys whether a map's keys may be numbers and bools, which become text
     * @throws SignatureException if a part of the type has no form
     */
    public void check(Type type, String format, boolean numbersAsKeys) {
        if (type instanceof JavaShape shape) {
            List<String> problems =
                    shape.accept(new Fitness(format, numbersAsKeys, "")).toList();
            if (!problems.isEmpty()) {
                throw new SignatureException(String.join("\n", problems));
            }
        }
        form(type);
    }

    private Form form(Type type) {
        return forms.computeIfAbsent(type, Forms::of);
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        return fitting(() -> writer.writeValueAsBytes(new Rooted(form(type), value)));
    }

    /** The same as a tree, for codecs of other formats. */
    public JsonNode encodeTree(@Nullable Object value, Type type) {
        return fitting(() -> writer.valueToTree(new Rooted(form(type), value)));
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        return fitting(() -> (Heeding.isLong(bytes)
                        ? reader(type).<Rooted>readValue(new Heeding.Text(bytes))
                        : reader(type).<Rooted>readValue(bytes))
                .value());
    }

    /** The same from a tree, for codecs of other formats. */
    public @Nullable Object decodeTree(JsonNode tree, Type type) {
        return fitting(() -> reader(type)
                .<Rooted>readValue(new Heeding.Tree(mapper.treeAsTokens(tree)))
                .value());
    }

    private ObjectReader reader(Type type) {
        return readers.computeIfAbsent(type, made -> reader.withAttribute(Form.class, form(made)));
    }

    /** For what Jackson refuses, an error with the path to the place. */
    private static <T extends @Nullable Object> T fitting(Supplier<T> mapping) {
        try {
            return mapping.get();
        } catch (JacksonException e) {
            Trap interrupt = Heeding.interruptOf(e);
            throw interrupt == null ? failure(e) : interrupt;
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
