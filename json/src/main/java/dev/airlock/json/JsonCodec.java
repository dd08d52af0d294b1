package dev.airlock.json;

import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Forms;
import dev.airlock.json.form.InterruptibleBytes;
import dev.airlock.json.form.TypeCheck;
import dev.airlock.payload.PayloadCodec;
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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
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
 * <tr><td>a {@link dev.airlock.mapping.Tuple}</td><td>an array</td></tr>
 * <tr><td>a sealed interface of records</td><td>{@code "point"} for {@code record Point()}, {@code {"circle": 1.5}} for
 *     {@code record Circle(double radius)}, {@code {"rounded-box": {"width": 1, "height": 2}}} for
 *     {@code record RoundedBox(int width, int height)}</td></tr>
 * <tr><td>a {@link dev.airlock.mapping.Result}</td><td>{@code {"ok": 1}}, {@code {"err": "no"}}, {@code "ok"} for {@code Void}</td></tr>
 * </table>
 *
 * <p>A sealed interface with Jackson's {@code @JsonTypeInfo} has the form that it says. An option of an option is refused
 * when a function is bound.
 */
public final class JsonCodec implements PayloadCodec {
    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Forms forms;
    private final ConcurrentMap<Type, Form> formsByType = new ConcurrentHashMap<>();
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /**
     * Creates the codec that guests use if none is given to them: strict both ways.
     *
     * @throws ValueException if Jackson cannot run on this class path; the message says what to add
     */
    public JsonCodec() {
        this(JacksonVersions.running(JsonCodec::strict), JacksonMapping.STRICT);
    }

    private JsonCodec(ObjectMapper mapper, JacksonMapping mapping) {
        this.mapper = mapper;
        this.writer = this.mapper.writerFor(Rooted.class);
        this.reader = this.mapper.readerFor(Rooted.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.forms = new Forms(mapping);
    }

    /**
     * Returns a codec that maps values by a mapper of your own: its modules, its names, its strictness. Unsigned numbers,
     * tuples, sealed interfaces of records, and results have the same forms as ever, since Jackson knows none of them.
     *
     * @param mapper for JSON; it is copied, and left as it is
     * @throws IllegalArgumentException if the mapper is for another format
     */
    public static JsonCodec of(ObjectMapper mapper) {
        String format = mapper.tokenStreamFactory().getFormatName();
        if (!format.equals(JSON)) {
            throw new IllegalArgumentException("expected a mapper for JSON, got one for " + format);
        }
        var mapping = new JacksonMapping(
                Components.areStrict(mapper.serializationConfig()),
                mapper.registeredModules().stream()
                        .anyMatch(module -> module.getModuleName().endsWith("KotlinModule")),
                mapper.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
                mapper.serializationConfig().getPropertyNamingStrategy());
        var builder = mapper.rebuild().addModule(Rooted.module(mapping));
        return new JsonCodec(builder.build(), mapping);
    }

    /**
     * Returns the mapper of {@link #JsonCodec()}, to build upon: {@code JsonCodec.of(JsonCodec.strict().rebuild()
     * .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build())} tolerates unknown properties and is as strict
     * as ever besides.
     */
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
                .addModule(Rooted.module(JacksonMapping.STRICT))
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
            List<String> problems = shape.accept(new TypeCheck(format, numbersAsKeys, ObjectMapper.class, ""))
                    .toList();
            if (!problems.isEmpty()) {
                throw new SignatureException(String.join("\n", problems));
            }
        }
        form(type);
    }

    private Form form(Type type) {
        return formsByType.computeIfAbsent(type, forms::of);
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        return fitting(() -> writer.writeValueAsBytes(new Rooted(form(type), value)));
    }

    /** The same as a tree, for codecs of other formats. */
    public JsonNode encodeTree(@Nullable Object value, Type type) {
        return fitting(() -> mapper.valueToTree(new Rooted(form(type), value)));
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        return fitting(() -> (InterruptibleBytes.isLong(bytes)
                        ? reader(type).<Rooted>readValue(new InterruptibleBytes(bytes))
                        : reader(type).<Rooted>readValue(bytes))
                .value());
    }

    /** The same from a tree, for codecs of other formats. */
    public @Nullable Object decodeTree(JsonNode tree, Type type) {
        return fitting(() -> reader(type)
                .<Rooted>readValue(new InterruptibleTree(mapper.treeAsTokens(tree)))
                .value());
    }

    private ObjectReader reader(Type type) {
        return readers.computeIfAbsent(type, made -> reader.withAttribute(Form.class, form(made)));
    }

    /** Runs a mapping. Its errors have the path to the place. */
    private static <T extends @Nullable Object> T fitting(Supplier<T> mapping) {
        try {
            return JacksonVersions.running(mapping);
        } catch (JacksonException e) {
            Trap interrupt = InterruptibleBytes.interruptOf(e);
            throw interrupt == null
                    ? new ValueException(JacksonMismatch.mismatch(e).describe(), e)
                    : interrupt;
        } catch (NumberFormatException e) {
            // Jackson lets out what BigDecimal refuses: an exponent that no int holds.
            throw new ValueException("a number is out of range: " + e.getMessage(), e);
        }
    }
}
