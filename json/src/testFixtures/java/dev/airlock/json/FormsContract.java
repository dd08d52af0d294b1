package dev.airlock.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the JSON of each kind of type in both directions, and what is refused. */
public abstract class FormsContract {
    private final PayloadCodec codec;

    protected FormsContract(PayloadCodec codec) {
        this.codec = codec;
    }

    record Item(String sku, @U8 int qty) {}

    record Order(List<Item> items) {}

    enum Color {
        RED,
        DARK_RED
    }

    sealed interface Figure {}

    record Point() implements Figure {}

    record Circle(double radius) implements Figure {}

    record RoundedBox(@U16 int width, int height) implements Figure {}

    record Marked(Optional<Color> color) implements Figure {}

    record Unsigned(
            @U8 byte a,
            @U16 short b,
            @U32 int c,
            @U64 long d,
            @U16 int e,
            @U32 int @Nullable [] many) {}

    record Letters(@Char int first, List<@Char Integer> rest) {}

    record Places(Map<String, @U8 Integer> byName, Map<@U8 Integer, Color> byNumber, Map<Boolean, String> byAnswer) {}

    record Deep(List<Map<String, Optional<Tuple2<@U8 Integer, @Nullable String>>>> all) {}

    @Tuple
    record Rgb(@U8 int red, @U8 int green, @U8 int blue) {}

    record Answer(Result<Rgb, String> color, Result<Void, Void> done) {}

    record Set(EnumSet<Color> colors, Color one) {}

    record Renamed(@JsonProperty("unit_price") @U8 int unitPrice) {}

    record Page<T>(List<T> items, T first) {}

    record Days(List<DayOfWeek> days, java.util.Set<String> texts, List<Days> inner) {}

    /** Declares types as a method's parameters and results. */
    record Types(
            Figure figure,
            List<Figure> figures,
            List<@U8 Integer> bytes,
            List<@Nullable String> texts,
            Map<String, @U64 Long> longs,
            Tuple2<String, Integer> pair,
            Result<List<Item>, Figure> result,
            EnumSet<Color> colors,
            Page<Item> page,
            Page<@U8 Integer> marked,
            Optional<Optional<String>> twice,
            Optional<@U8 Integer> maybe,
            @Nullable Order orNull,
            float[] floats) {}

    record Inner(Map<String, Optional<Optional<String>>> twice) {}

    record Outer(List<Inner> inners) {}

    private static JavaShape type(String name) {
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .map(c -> Shapes.of(c.getAnnotatedType()))
                .findFirst()
                .orElseThrow();
    }

    private void comesBackEqual(Object value, Type type, String json) {
        assertThat(new String(codec.encode(value, type), UTF_8)).isEqualTo(json);
        assertThat(codec.decode(json.getBytes(UTF_8), type))
                .usingRecursiveComparison()
                .isEqualTo(value);
        codec.check(type);
    }

    private void comesBackEqual(Object value, String json) {
        comesBackEqual(value, value.getClass(), json);
    }

    @Test
    void sealedInterfacesNameTheirCase() {
        comesBackEqual(new Point(), type("figure"), "\"point\"");
        comesBackEqual(new Circle(1.5), type("figure"), "{\"circle\":1.5}");
        comesBackEqual(
                List.of(new RoundedBox(65535, -1), new Point(), new Marked(Optional.of(Color.RED))),
                type("figures"),
                "[{\"rounded-box\":{\"width\":65535,\"height\":-1}},\"point\",{\"marked\":\"RED\"}]");
        comesBackEqual(new Marked(Optional.empty()), type("figure"), "{\"marked\":null}");
    }

    @Test
    void bitsAreWrittenAsTheNumbersTheyStandFor() {
        comesBackEqual(
                new Unsigned((byte) -1, (short) -1, -1, -1, 65535, new int[] {-1, 1}),
                "{\"a\":255,\"b\":65535,\"c\":4294967295,\"d\":18446744073709551615,\"e\":65535,\"many\":[4294967295,1]}");
        comesBackEqual(
                new Unsigned((byte) 0, (short) 0, 0, 0, 0, null),
                "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"many\":null}");
        comesBackEqual(List.of(0, 255), type("bytes"), "[0,255]");
        comesBackEqual(Map.of("a", -1L), type("longs"), "{\"a\":18446744073709551615}");
        comesBackEqual(Optional.of(255), type("maybe"), "255");
        comesBackEqual(new float[] {0.1f, 1e38f}, type("floats"), "[0.1,1.0E38]");
    }

    @Test
    void charsAreCodePoints() {
        comesBackEqual(new Letters(0x1F980, List.of(65)), "{\"first\":129408,\"rest\":[65]}");
    }

    @Test
    void mapsAreObjects() {
        Map<Integer, Color> byNumber = new LinkedHashMap<>();
        byNumber.put(200, Color.RED);
        byNumber.put(1, Color.DARK_RED);
        comesBackEqual(
                new Places(Map.of("a b", 7), byNumber, Map.of(true, "yes")),
                "{\"byName\":{\"a b\":7},\"byNumber\":{\"200\":\"RED\",\"1\":\"DARK_RED\"},\"byAnswer\":{\"true\":\"yes\"}}");
    }

    @Test
    void tuplesAreArraysAndResultsAreTagged() {
        comesBackEqual(new Tuple2<>("a", 1), type("pair"), "[\"a\",1]");
        comesBackEqual(new Rgb(1, 2, 255), "[1,2,255]");
        comesBackEqual(
                new Answer(new Result.Ok<>(new Rgb(0, 0, 0)), new Result.Err<>(null)),
                "{\"color\":{\"ok\":[0,0,0]},\"done\":\"err\"}");
        comesBackEqual(
                new Answer(new Result.Err<>("no"), new Result.Ok<>(null)),
                "{\"color\":{\"err\":\"no\"},\"done\":\"ok\"}");
        comesBackEqual(new Result.Err<>(new Circle(2)), type("result"), "{\"err\":{\"circle\":2.0}}");
        comesBackEqual(
                new Deep(List.of(Map.of("a", Optional.of(new Tuple2<>(255, null))), Map.of("b", Optional.empty()))),
                "{\"all\":[{\"a\":[255,null]},{\"b\":null}]}");
    }

    @Test
    void enumSetsAreArrays() {
        comesBackEqual(
                new Set(EnumSet.allOf(Color.class), Color.RED), "{\"colors\":[\"RED\",\"DARK_RED\"],\"one\":\"RED\"}");
        comesBackEqual(EnumSet.noneOf(Color.class), type("colors"), "[]");
    }

    @Test
    void jacksonsNamesAndTypeVariablesCount() {
        comesBackEqual(new Renamed(200), "{\"unit_price\":200}");
        comesBackEqual(
                new Page<>(List.of(new Item("a", 200)), new Item("b", 0)),
                type("page"),
                "{\"items\":[{\"sku\":\"a\",\"qty\":200}],\"first\":{\"sku\":\"b\",\"qty\":0}}");
        assertThatThrownBy(() -> codec.decode("{\"unit_price\":256}".getBytes(UTF_8), Renamed.class))
                .hasMessage("unit_price: u8 takes 0..255, got 256");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Event {}

    @JsonTypeName("made")
    record Made(@U8 int id) implements Event {}

    record Events(List<Event> events, Event last) {}

    @Test
    void jacksonsTypeInfoCounts() {
        comesBackEqual(
                new Events(List.of(new Made(200)), new Made(1)),
                "{\"events\":[{\"type\":\"made\",\"id\":200}],\"last\":{\"type\":\"made\",\"id\":1}}");
    }

    @Test
    void typesWithoutAShapeAreMappedByJackson() {
        var days = new Days(List.of(DayOfWeek.FRIDAY), java.util.Set.of("a"), List.of());
        comesBackEqual(
                new Days(List.of(DayOfWeek.MONDAY), java.util.Set.of("b"), List.of(days)),
                "{\"days\":[\"MONDAY\"],\"texts\":[\"b\"],"
                        + "\"inner\":[{\"days\":[\"FRIDAY\"],\"texts\":[\"a\"],\"inner\":[]}]}");
    }

    @Test
    void nullIsAcceptedIfTheTypeAllowsIt() {
        comesBackEqual(Arrays.asList("a", null), type("texts"), "[\"a\",null]");
        assertThat(codec.decode("null".getBytes(UTF_8), type("orNull"))).isNull();
        assertThat(codec.encode(null, type("orNull"))).asString().isEqualTo("null");
    }

    @Test
    void mismatchesAreRefusedOnWriting() {
        refused(
                new Order(List.of(new Item("a", 0), new Item("b", 256))),
                Order.class,
                "items[1].qty: u8 takes 0..255, got 256");
        refused(new Order(List.of(new Item("a", -1))), Order.class, "items[0].qty: u8 takes 0..255, got -1");
        refused(new Order(List.of(new Item(nothing(), 1))), Order.class, "items[0].sku: null");
        refused(new Order(Collections.singletonList(nothing())), Order.class, "items[0]: expected a Item, got null");
        refused(new Order(nothing()), Order.class, "items: null");
        refused(nothing(), Order.class, "expected a Order, got null");
        refused(new Item("\ud800", 1), Item.class, "sku: string takes Unicode text, got the lone surrogate U+D800");
        refused(new Letters(65, List.of(66, 0xD800)), Letters.class, "rest[1]: char takes Unicode scalar values");
        refused(new Rgb(1, 2, 300), Rgb.class, "2: u8 takes 0..255, got 300");
        refused(
                List.of(new RoundedBox(70_000, 1)),
                type("figures"),
                "[0].rounded-box.width: u16 takes 0..65535, got 70000");
        refused(new Circle(Double.NaN), type("figure"), "circle: JSON has no number NaN");
        refused(Map.of("a", 256), mapOfBytes(), "a: u8 takes 0..255, got 256");
        refused(Map.of(256, Color.RED), Places.class.getRecordComponents()[1].getAnnotatedType(), "u8 takes 0..255");
    }

    private static JavaShape mapOfBytes() {
        return Shapes.of(Places.class.getRecordComponents()[0].getAnnotatedType());
    }

    private void refused(Object value, java.lang.reflect.AnnotatedType type, String message) {
        refused(value, Shapes.of(type), message);
    }

    private void refused(Object value, Type type, String message) {
        assertThatThrownBy(() -> codec.encode(value, type))
                .isInstanceOf(ValueException.class)
                .hasMessageStartingWith(message);
    }

    /** Returns null as a caller without null checks may pass it. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return (T) null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            figure | "circle"                         | the case "circle" carries a value
            figure | {"point":null}                   | the case "point" carries nothing
            figure | {"circle":1,"point":2}           | there is more in it than the case "circle"
            figure | {"square":1}                     | there is no case "square": circle, marked, point, rounded-box
            figure | {}                               | expected a case, as in "case" or {"case": …}, got an object
            figure | 1                                | got a number
            figure | null                             | got null
            figure | {"circle":"1"}                   | circle: expected a number, got a string
            figure | {"circle":1e400}                 | circle: the number is too large for f64
            figure | {"rounded-box":{"width":65536,"height":1}} | rounded-box.width: u16 takes 0..65535, got 65536
            figure | {"rounded-box":{"width":1}}      | rounded-box.height
            figure | {"circle":null}                  | circle: expected a number, got null
            figures | [null]                          | [0]: expected a case, as in "case" or {"case": …}, got null
            bytes  | [255,256]                        | [1]: u8 takes 0..255, got 256
            bytes  | [1.0]                            | [0]: u8 takes whole numbers
            bytes  | ["1"]                            | [0]: expected a whole number, got a string
            bytes  | [99999999999999999999999]        | [0]: u8 takes 0..255, got 99999999999999999999999
            bytes  | [1                               | Unexpected end-of-input
            texts  | ["\\ud800"]                      | [0]: string takes Unicode text
            texts  | [1]                              | [0]: expected a string, got a number
            longs  | {"a":18446744073709551616}       | a: u64 takes 0..18446744073709551615, got 18446744073709551616
            longs  | {"a":1,"a":2}                    | Duplicate
            pair   | ["a"]                            | expected an array of 2
            pair   | ["a",1,2]                        | expected an array of 2, got a longer one
            pair   | ["a","b"]                        | 1: expected a whole number, got a string
            result | "ok"                             | the case "ok" carries a value
            result | {"ok":[{"sku":"a","qty":1},{"sku":"a","qty":-1}]} | ok[1].qty: u8 takes 0..255, got -1
            colors | ["RED","RED"]                    | a flag appears twice
            colors | ["PINK"]                         | [0]:
            colors | [1]                              | [0]:
            floats | [1e39]                           | [0]: the number is too large for f32
            floats | [true]                           | [0]: expected a number, got true or false
            page   | {"items":[null],"first":null}    | items[0]: expected a Item, got null
            """)
    void mismatchesAreRefusedOnReading(String type, String json, String message) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), type(type)))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void typesWithoutAFormAreRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> codec.check(Shapes.of(Outer.class)))
                .isInstanceOf(SignatureException.class)
                .hasMessage(
                        "inners[].twice[].value: Optional<Optional<String>> has no form in JSON: null would have two"
                                + " meanings; wrap the inner option in a Result or a record");
        assertThatThrownBy(() -> codec.check(type("twice")))
                .hasMessageStartingWith("Optional<Optional<String>> has no form");
        assertThatThrownBy(() -> codec.check(type("marked")))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("write a record without type parameters");
    }

    record Wrong(@U8 long much) {}

    @Test
    void anAnnotationThatDoesNotFitItsTypeIsRefused() {
        assertThatThrownBy(() -> codec.encode(new Wrong(1), Wrong.class))
                .hasMessageContaining("@U8 goes with int or byte");
    }
}
