package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Forms;
import dev.airlock.json.form.InterruptibleBytes;
import dev.airlock.json.form.TypeCheck;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson 2. The rules are those of {@code dev.airlock.json.JsonCodec}, which needs Jackson 3; {@code docs/JSON.md}
 * lists them.
 */
public final class Jackson2Codec implements PayloadCodec {
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Forms forms;
    private final ConcurrentMap<Type, Form> formsByType = new ConcurrentHashMap<>();
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /**
     * Creates the codec that guests use by default: strict in both directions.
     *
     * @throws ValueException if Jackson cannot run on this class path; the message says what to add
     */
    public Jackson2Codec() {
        this(JacksonVersions.running(Jackson2Codec::strict), JacksonMapping.STRICT);
    }

    private Jackson2Codec(ObjectMapper mapper, JacksonMapping mapping) {
        this.writer = mapper.writerFor(Rooted.class);
        this.reader = mapper.readerFor(Rooted.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.forms = new Forms(mapping);
    }

    /**
     * Returns a codec that uses your mapper: its modules, its names, its strictness. Unsigned numbers, tuples, sealed
     * interfaces of records, results, and {@code Optional} keep their forms.
     *
     * @param mapper a mapper for JSON; it is copied, and not changed
     * @return the codec
     * @throws IllegalArgumentException if the mapper is for another format
     * @throws IllegalStateException if the mapper is of a subclass that cannot be copied
     */
    public static Jackson2Codec of(ObjectMapper mapper) {
        String format = mapper.getFactory().getFormatName();
        if (!format.equals(JSON)) {
            throw new IllegalArgumentException("expected a mapper for JSON, got one for " + format);
        }
        var mapping = new JacksonMapping(
                Components.areStrict(mapper.getSerializationConfig()),
                mapper.getRegisteredModuleIds().stream()
                        .anyMatch(id -> id.toString().endsWith("KotlinModule")),
                mapper.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
                mapper.getSerializationConfig().getPropertyNamingStrategy());
        return new Jackson2Codec(mapper.copy().registerModule(Rooted.module(mapping)), mapping);
    }

    /**
     * Returns a new mapper with the settings of {@link #Jackson2Codec()}, which you may change. If you disable {@code
     * FAIL_ON_UNKNOWN_PROPERTIES}, {@link #of of(mapper)} ignores unknown properties and stays strict in all other
     * respects.
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
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                // Jackson 3 does this by default.
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addModules(new Jdk8Module(), new JavaTimeModule(), Rooted.module(JacksonMapping.STRICT))
                .build();
    }

    @Override
    public String format() {
        return JSON;
    }

    @Override
    public void check(Type type) {
        if (type instanceof JavaShape shape) {
            List<String> problems = shape.accept(new TypeCheck(format(), true, ObjectMapper.class, ""))
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

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        Rooted read = fitting(() -> InterruptibleBytes.isLong(bytes)
                ? reader(type).<Rooted>readValue(new InterruptibleBytes(bytes))
                : reader(type).<Rooted>readValue(bytes));
        return read.value();
    }

    private ObjectReader reader(Type type) {
        return readers.computeIfAbsent(type, made -> reader.withAttribute(Form.class, form(made)));
    }

    private interface MappingCode<T> {
        T run() throws IOException;
    }

    /** Runs a mapping. Its errors have the path of the value. */
    private static <T> T fitting(MappingCode<T> code) {
        return JacksonVersions.running(() -> {
            try {
                return code.run();
            } catch (IOException e) {
                Trap interrupt = InterruptibleBytes.interruptOf(e);
                throw interrupt == null
                        ? new ValueException(JacksonMismatch.mismatch(e).describe(), e)
                        : interrupt;
            } catch (NumberFormatException e) {
                // Jackson passes on the exception of BigDecimal for an exponent that exceeds an int.
                throw new ValueException("a number is out of range: " + e.getMessage(), e);
            }
        });
    }
}
