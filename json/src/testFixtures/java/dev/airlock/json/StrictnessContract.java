package dev.airlock.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.payload.PayloadCodec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a codec refuses, and its messages. */
public abstract class StrictnessContract {
    private final PayloadCodec codec;

    protected StrictnessContract(PayloadCodec codec) {
        this.codec = codec;
    }

    record Item(String sku, int qty) {}

    record Order(
            int id,
            List<Item> items,
            Optional<String> note,
            @Nullable String tag) {}

    private Object read(String json, Class<?> type) {
        return codec.decode(json.getBytes(UTF_8), type);
    }

    @Test
    void recordsComeBackUnchanged() {
        var order = new Order(7, List.of(new Item("ä-1", 2), new Item("", -1)), Optional.of("soon"), null);
        assertThat(codec.decode(codec.encode(order, Order.class), Order.class)).isEqualTo(order);
    }

    @Test
    void optionalComponentsMayBeMissing() {
        assertThat(read("{\"id\":1,\"items\":[]}", Order.class))
                .isEqualTo(new Order(1, List.of(), Optional.empty(), null));
        assertThat(read("{\"id\":1,\"items\":[],\"note\":null,\"tag\":null}", Order.class))
                .isEqualTo(new Order(1, List.of(), Optional.empty(), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"items\":[]} | id",
                "{\"id\":1} | items",
                "{\"id\":1,\"items\":null} | items",
                "{\"id\":null,\"items\":[]} | id: ",
                "{\"id\":\"1\",\"items\":[]} | id: ",
                "{\"id\":1.5,\"items\":[]} | id: ",
                "{\"id\":3000000000,\"items\":[]} | id: ",
                "{\"id\":1,\"id\":2,\"items\":[]} | id",
                "{\"id\":1,\"items\":[{\"sku\":\"a\",\"qty\":1},{\"sku\":\"b\",\"qty\":true}]} | items[1].qty: ",
                "{\"id\":1,\"items\":[{\"sku\":7,\"qty\":1}]} | items[0].sku: ",
                "{\"id\":1,\"items\":[{\"sku\":\"a\",\"qty\":1,\"more\":2}]} | items[0].more: ",
                "{\"id\":1,\"items\":[]} x | Unrecognized token 'x'",
                "{\"id\":1,\"items\":[ | Unexpected end-of-input",
                "not json | Unrecognized token 'not'"
            })
    void mismatchesAreRefusedWithTheirPath(String json, String words) {
        assertThatThrownBy(() -> read(json, Order.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(words);
    }

    @Test
    void anEmptyPayloadIsRefused() {
        assertThatThrownBy(() -> read("", Order.class)).isInstanceOf(ValueException.class);
    }

    @Test
    void unwritableValuesAreRefusedWithTheirPath() {
        record Reading(String sensor, double value) {}
        record Readings(List<Reading> readings, double[] raw) {}
        var bad = new Readings(List.of(new Reading("a", 1), new Reading("b", Double.NaN)), new double[0]);
        assertThatThrownBy(() -> codec.encode(bad, Readings.class))
                .isInstanceOf(ValueException.class)
                .hasMessage("readings[1].value: JSON has no number NaN");
        var raw = new Readings(List.of(), new double[] {1, Double.POSITIVE_INFINITY});
        assertThatThrownBy(() -> codec.encode(raw, Readings.class))
                .isInstanceOf(ValueException.class)
                .hasMessage("raw[1]: JSON has no number Infinity");
    }
}
