package dev.airlock.cli;

import dev.airlock.binding.DynamicFunction;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.json.JsonCodec;
import dev.airlock.type.OptionType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of WIT as JSON, strict both ways, and as {@code airlock-json} writes the Java types that stand for them, so that
 * a guest cannot tell the command from a program.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>record</td><td>an object; the field {@code first-name} is {@code firstName}</td></tr>
 * <tr><td>enum, flags</td><td>{@code "DARK_RED"}; an array of such</td></tr>
 * <tr><td>option</td><td>null or the value; in a record it may be missing</td></tr>
 * <tr><td>list</td><td>an array; bytes are Base64</td></tr>
 * <tr><td>map</td><td>an object</td></tr>
 * <tr><td>char</td><td>its number</td></tr>
 * <tr><td>tuple</td><td>an array</td></tr>
 * <tr><td>variant, result</td><td>{@code "point"}, {@code {"circle": 1.5}}; {@code {"ok": 1}}, {@code "err"}</td></tr>
 * </table>
 */
final class JsonValues implements DynamicFunction.ValueCodec {
    static final JsonValues CODEC = new JsonValues();

    /** Decimal numbers become doubles: a BigDecimal has no negative zero. */
    private final JsonMapper mapper = JsonCodec.strict();

    private JsonValues() {}

    @Override
    public String format() {
        return "JSON";
    }

    @Override
    public void check(ValType type) {
        if (type instanceof OptionType option && option.payload() instanceof OptionType) {
            throw new SignatureException(type + " has no form in JSON: null would mean two things");
        }
        type.parts().forEach(this::check);
    }

    @Override
    public byte[] encode(Value value) {
        return mapper.writeValueAsBytes(new JsonWriting(ValuePath.root()).write(value));
    }

    @Override
    public Value decode(byte[] bytes, ValType type) {
        try {
            return new JsonReading(mapper.readTree(bytes), ValuePath.root()).read(type);
        } catch (JacksonException e) {
            throw new ValueException("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** {@code firstName} for {@code first-name}. */
    static String field(String label) {
        String[] words = label.toLowerCase(Locale.ROOT).split("-");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
                        .collect(Collectors.joining());
    }

    /** {@code DARK_RED} for {@code dark-red}. */
    static String constant(String label) {
        return label.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
