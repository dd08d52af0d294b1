package dev.airlock.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U8;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests what a custom mapper decides, and what it cannot change. */
public abstract class OwnMapperContract {
    private final PayloadCodec plain;
    private final PayloadCodec snakeCase;
    private final PayloadCodec tolerant;

    /**
     * @param plain a codec with a new mapper that ignores unknown properties
     * @param snakeCase a codec with a mapper whose names are in snake case
     * @param tolerant a codec with the strict mapper, except that it ignores unknown properties
     */
    protected OwnMapperContract(PayloadCodec plain, PayloadCodec snakeCase, PayloadCodec tolerant) {
        this.plain = plain;
        this.snakeCase = snakeCase;
        this.tolerant = tolerant;
    }

    record Item(String skuName, @U8 byte qty) {}

    record Order(
            List<Item> items, Optional<String> note, @U32 int @Nullable [] codes) {}

    sealed interface Figure {}

    record Point() implements Figure {}

    record Circle(@U16 int radius) implements Figure {}

    record Types(
            Order order,
            List<Item> items,
            List<String> texts,
            List<@U8 Integer> bytes,
            Figure figure,
            Result<Item, String> result) {}

    private static JavaShape type(String name) {
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .map(c -> Shapes.payload(c.getAnnotatedType()))
                .findFirst()
                .orElseThrow();
    }

    private static String write(PayloadCodec codec, Object value, String type) {
        return new String(codec.encode(value, type(type)), UTF_8);
    }

    private static Object read(PayloadCodec codec, String json, String type) {
        return codec.decode(json.getBytes(UTF_8), type(type));
    }

    @Test
    void unknownPropertiesAreIgnoredIfTheMapperIgnoresThem() {
        String json =
                "{\"items\":[{\"skuName\":\"a\",\"qty\":200,\"more\":[1]}],\"note\":null,\"codes\":null,\"x\":{}}";
        var order = new Order(List.of(new Item("a", (byte) 200)), Optional.empty(), null);
        assertThat(read(plain, json, "order")).isEqualTo(order);
        assertThat(read(tolerant, json, "order")).isEqualTo(order);
    }

    @Test
    void theMapperDecidesStrictness() {
        String missing = "{\"items\":[{\"qty\":1}]}";
        assertThat(read(plain, missing, "order"))
                .isEqualTo(new Order(Arrays.asList(new Item(nothing(), (byte) 1)), Optional.empty(), null));
        assertThatThrownBy(() -> read(tolerant, missing, "order"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("skuName");
        assertThat(read(plain, "[\"a\",null]", "texts")).isEqualTo(Arrays.asList("a", null));
        assertThatThrownBy(() -> read(tolerant, "[\"a\",null]", "texts"))
                .hasMessageContaining("[1]: expected a string, got null");
    }

    @Test
    void theMapperDecidesNames() {
        assertThat(write(snakeCase, List.of(new Item("a", (byte) 200)), "items"))
                .isEqualTo("[{\"sku_name\":\"a\",\"qty\":200}]");
        assertThat(read(snakeCase, "[{\"sku_name\":\"a\",\"qty\":255}]", "items"))
                .isEqualTo(List.of(new Item("a", (byte) 255)));
    }

    @Test
    void typesUnknownToJacksonKeepTheirForm() {
        for (PayloadCodec codec : List.of(plain, snakeCase, tolerant)) {
            assertThat(write(codec, List.of(0, 255), "bytes")).isEqualTo("[0,255]");
            assertThatThrownBy(() -> read(codec, "[0,256]", "bytes")).hasMessage("[1]: u8 takes 0..255, got 256");
            assertThat(write(codec, new Circle(65535), "figure")).isEqualTo("{\"circle\":65535}");
            assertThat(read(codec, "\"point\"", "figure")).isEqualTo(new Point());
            assertThat(write(codec, new Result.Err<>("no"), "result")).isEqualTo("{\"err\":\"no\"}");
        }
        assertThat(write(plain, new Order(List.of(), Optional.of("n"), new int[] {-1}), "order"))
                .isEqualTo("{\"items\":[],\"note\":\"n\",\"codes\":[4294967295]}");
    }

    @Test
    void aPayloadIsOneValueForEveryMapper() {
        assertThatThrownBy(() -> read(plain, "[] []", "texts")).isInstanceOf(ValueException.class);
    }

    @Test
    void depthIsBounded() {
        String deep = "{\"items\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> read(plain, "{\"x\":" + deep, "order"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("depth");
    }

    /** Jackson's substitutes for a missing component. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return (T) null;
    }
}
