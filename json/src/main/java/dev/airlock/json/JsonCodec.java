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
 * Maps values to JSON with Jackson 3.
 *
 * <p>Reading is strict. It refuses a missing or unknown component, null for a primitive, a number out of range, a string in
 * place of a number, and anything after the value; the error has the path to the value. Writing is strict too. It refuses
 * null for a component that is neither an {@code Optional} nor {@code @Nullable}, a number out of the range of
 * {@code @U8} and the other annotations, and an unpaired surrogate.
 *
 * <p>A codec with another mapper replaces the default codec of a guest:
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonCodec.strict().rebuild()
 *         .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
 *         .build();
 * CoreGuest guest = Airlock.openModule(path).payloads(JsonCodec.of(mapper));
 * }</pre>
 *
 * <table>
 * <caption>Java types and their JSON</caption>
 * <tr><td>a record</td><td>an object; member names are Java's, unless Jackson's annotations change them</td></tr>
 * <tr><td>{@code @U8}, {@code @U16}, {@code @U32}, {@code @U64}</td>
 *     <td>the unsigned number, even if the Java type holds its bits as a negative number</td></tr>
 * <tr><td>{@code @Char}</td><td>its code point, a number</td></tr>
 * <tr><td>an enum; an {@code EnumSet}</td><td>{@code "DARK_RED"}; an array of these, each at most once</td></tr>
 * <tr><td>an {@code Optional} or {@code @Nullable} value</td><td>null or the value; as a component it may be missing</td></tr>
 * <tr><td>{@code byte[]}; other arrays and lists</td><td>Base64; an array</td></tr>
 * <tr><td>a map</td><td>an object; numeric keys in decimal</td></tr>
 * <tr><td>a {@link dev.airlock.mapping.Tuple}</td><td>an array</td></tr>
 * <tr><td>a sealed interface of records</td><td>{@code "point"} for {@code record Point()}, {@code {"circle": 1.5}} for
 *     {@code record Circle(double radius)}, {@code {"rounded-box": {"width": 1, "height": 2}}} for
 *     {@code record RoundedBox(int width, int height)}</td></tr>
 * <tr><td>a {@link dev.airlock.mapping.Result}</td><td>{@code {"ok": 1}}, {@code {"err": "no"}}, {@code "ok"} for {@code Void}</td></tr>
 * </table>
 *
 * <p>A sealed interface with Jackson's {@code @JsonTypeInfo} has the JSON that the annotation defines. An option of an
 * option is refused when a function is bound, since null would have two meanings.
 */
public final class JsonCodec implements PayloadCodec {
    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Forms forms;
    private final ConcurrentMap<Type, Form> formsByType = new ConcurrentHashMap<>();
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /**
     * Creates the default codec of guests, which is strict in both directions.
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
     * Returns a codec with your mapper's modules, member names and strictness. Unsigned numbers, tuples, sealed interfaces
     * of records, and results keep the JSON of the default codec, since Jackson knows none of them.
     *
     * @param mapper a mapper for JSON; the codec copies it and does not change it
     * @return the codec
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
     * Returns a new mapper with the settings of {@link #JsonCodec()}, as a base for your own. For example, {@code
     * JsonCodec.of(JsonCodec.strict().rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build())}
     * ignores unknown members and is strict otherwise.
     *
     * @return the mapper
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
     * Checks that each part of a type has a form, for codecs of other formats that map values with this one.
     *
     * @param type the type to check
     * @param format the other format's name, for error messages
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

    /**
     * Encodes a value as a tree, for codecs of other formats.
     *
     * @param value the value; null only if the type allows it
     * @param type the value's type
     * @return the tree
     * @throws ValueException if the value does not fit the type; the message has the path to the part that does not
     */
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

    /**
     * Decodes a value from a tree, for codecs of other formats.
     *
     * @param tree the tree
     * @param type the value's type
     * @return the value; null only if the type allows it
     * @throws ValueException if the tree does not fit the type; the message has the path to the part that does not
     */
    public @Nullable Object decodeTree(JsonNode tree, Type type) {
        return fitting(() -> reader(type)
                .<Rooted>readValue(new InterruptibleTree(mapper.treeAsTokens(tree)))
                .value());
    }

    private ObjectReader reader(Type type) {
        return readers.computeIfAbsent(type, made -> reader.withAttribute(Form.class, form(made)));
    }

    /** Runs a mapping, and reports its failures with the path to the value. */
    private static <T extends @Nullable Object> T fitting(Supplier<T> mapping) {
        try {
            return JacksonVersions.running(mapping);
        } catch (JacksonException e) {
            Trap interrupt = InterruptibleBytes.interruptOf(e);
            throw interrupt == null
                    ? new ValueException(JacksonMismatch.mismatch(e).describe(), e)
                    : interrupt;
        } catch (NumberFormatException e) {
            // Jackson does not wrap BigDecimal's refusal of an exponent that does not fit in an int.
            throw new ValueException("a number is out of range: " + e.getMessage(), e);
        }
    }
}
